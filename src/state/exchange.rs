//! The log from device to device by QR codes: one device shows them in turn, the other one reads.

use std::rc::Rc;

use leptos::prelude::*;
use study::transfer::{Assembly, Progress, frames};
use study::{Event, StudyDay, export_text};

use super::app::App;
use crate::platform::codes::{Camera, Codes, Viewfinder, codes};
use crate::platform::{clock, gzip};

/// What fits into a code that a phone reads from a screen at arm's length: about 70 modules a side.
const FRAME_CHARS: usize = 560;
/// As many codes as one has the patience to hold a phone for, at three a second.
const MOST_CODES: usize = 150;
const SHOWN_MS: i32 = 350;
const LOOK_EVERY_MS: i32 = 120;

/// What is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Since {
    /// The entries of so many days, today included.
    Days(u32),
    /// The entries since the last export.
    Export,
}

/// Codes that are shown in turn.
#[derive(Clone)]
pub struct Showing {
    /// How many entries they hold.
    pub events: u32,
    /// How many codes there are.
    pub total: usize,
    codes: Codes,
    frames: Rc<[String]>,
}

/// A search for codes with the camera.
pub struct Scan {
    app: App,
    video: Viewfinder,
    /// Set when the region that shows the camera has gone.
    stopped: RwSignal<bool>,
    tell: Box<dyn Fn(String)>,
}

impl App {
    /// Makes the codes of a part of the log.
    pub async fn show_codes(&self, since: Since) -> Result<Showing, String> {
        let (text, events) = self.part_of_log(since);
        if events == 0 {
            return Err("there is nothing to send in that time".to_owned());
        }
        let bytes = gzip::compress(&text).await;
        let bytes = bytes.map_err(|_| "this browser is too old to compress".to_owned())?;
        let frames = frames(&bytes.to_vec(), FRAME_CHARS).map_err(|error| error.to_string())?;
        if frames.len() > MOST_CODES {
            let number = frames.len();
            return Err(format!(
                "that would be {number} codes; send the file instead"
            ));
        }
        Ok(Showing {
            events,
            total: frames.len(),
            codes: codes().await?,
            frames: frames.into(),
        })
    }

    /// A search that shows what the camera sees in `video`, and tells how far it is.
    pub fn scan_codes(&self, video: Viewfinder, tell: impl Fn(String) + 'static) -> Scan {
        Scan {
            app: *self,
            video,
            stopped: RwSignal::new(false),
            tell: Box::new(tell),
        }
    }

    fn part_of_log(&self, since: Since) -> (String, u32) {
        let now = clock::now();
        self.core.with_untracked(|core| {
            let state = &core.state;
            let exported = core.exported.map_or(0, |exported| exported.events as usize);
            let today = StudyDay::at(now, state.settings().rollover_hour);
            let is_wanted = |(place, event): &(usize, &Event)| match since {
                Since::Days(days) => today.days_since(event.study_day) < days,
                Since::Export => *place >= exported,
            };
            let events: Vec<&Event> = state
                .events()
                .enumerate()
                .filter(is_wanted)
                .map(|(_, event)| event)
                .collect();
            let number = events.len() as u32;
            (export_text(events), number)
        })
    }
}

impl Showing {
    /// The address of the picture of a code, by its number from 0.
    pub fn picture(&self, number: usize) -> String {
        let frame = self.frames.get(number).map_or("", String::as_str);
        self.codes.picture(frame).unwrap_or_default()
    }

    /// Counts to the next code now and then, until the region that owns the number is gone.
    pub fn turn(&self, number: RwSignal<usize>) {
        let total = self.total;
        if total < 2 {
            return;
        }
        leptos::task::spawn_local(async move {
            loop {
                clock::wait(SHOWN_MS).await;
                let next = number.try_update(|number| *number = (*number + 1) % total);
                if next.is_none() {
                    return;
                }
            }
        });
    }
}

impl Scan {
    /// Searches until all codes of a transfer are read, and then shows what they would bring;
    /// nothing is changed yet.
    pub async fn run(self) -> Result<(), String> {
        let codes = codes().await?;
        let camera = Camera::open(self.video.clone()).await?;
        let mut assembly = Assembly::default();
        while self.stopped.try_get_untracked() == Some(false) {
            for text in camera.read(&codes) {
                match assembly.take(&text) {
                    Progress::Foreign => {}
                    Progress::OtherTransfer | Progress::Broken => assembly.start_anew(),
                    Progress::Partial { taken, total } => {
                        (self.tell)(format!("{taken} of {total} codes read."));
                    }
                    Progress::Complete(bytes) => return self.finish(&bytes).await,
                }
            }
            clock::wait(LOOK_EVERY_MS).await;
        }
        Ok(())
    }

    async fn finish(&self, bytes: &[u8]) -> Result<(), String> {
        let text = gzip::decompress(bytes).await;
        let text = text.map_err(|_| "the codes do not fit together".to_owned())?;
        self.app.preview_text(&text)
    }
}
