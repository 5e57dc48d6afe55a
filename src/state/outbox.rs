//! What is on its way to the archive: every event leaves in a transaction of its own or with
//! those that waited beside it, in order, and stays here until the browser says that it is on
//! the disk.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;
use study::{Event, Heads, StoreError, save};

use super::app::Trouble;
use crate::platform::database::Database;
use crate::platform::{clock, page};

/// The wait after the first failure; it doubles with each further one.
const FIRST_WAIT_MS: i64 = 1_000;
const LONGEST_WAIT_MS: i64 = 60_000;

/// How saving goes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Saving {
    /// Events that the archive has not acknowledged yet.
    pub pending: usize,
    /// Events of this page load that it has.
    pub saved: usize,
    /// Why the archive takes nothing at the moment.
    pub trouble: Option<Trouble>,
}

/// The queue in front of the archive.
pub struct Outbox {
    database: Database,
    queue: RefCell<VecDeque<Event>>,
    running: Cell<bool>,
    /// Whether the next try is set.
    waiting: Cell<bool>,
    /// Counts the times that were set for a next try: only the last of them counts.
    turn: Cell<u32>,
    /// Whether nothing may be sent: what the archive is has not been read, or is of a later
    /// version.
    held: Cell<bool>,
    wait_ms: Cell<i64>,
    /// How many of the events were there before this page load.
    older: Cell<usize>,
    saving: RwSignal<Saving>,
    recoveries: RwSignal<usize>,
}

impl Outbox {
    /// An empty outbox.
    pub fn new(database: Database) -> Rc<Outbox> {
        Rc::new(Outbox {
            database,
            queue: RefCell::default(),
            running: Cell::new(false),
            waiting: Cell::new(false),
            turn: Cell::new(0),
            held: Cell::new(false),
            wait_ms: Cell::new(FIRST_WAIT_MS),
            older: Cell::new(0),
            saving: RwSignal::new(Saving::default()),
            recoveries: RwSignal::new(0),
        })
    }

    /// How saving goes.
    pub fn saving(&self) -> RwSignal<Saving> {
        self.saving
    }

    /// Counts how often the archive took events again after it had failed or was emptied.
    pub fn recoveries(&self) -> RwSignal<usize> {
        self.recoveries
    }

    /// The database behind it.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Takes events and sets out at once.
    pub fn send(self: &Rc<Self>, events: &[Event]) {
        if events.is_empty() {
            return;
        }
        self.queue.borrow_mut().extend(events.iter().cloned());
        self.tell(|_| ());
        self.set_out();
    }

    /// Takes events that were there before this page load, which does not count them as its own.
    pub fn send_anew(self: &Rc<Self>, events: Vec<Event>) {
        self.older.set(self.older.get() + events.len());
        self.send(&events);
    }

    /// Tries again, with a new connection if the last try failed.
    pub fn retry(self: &Rc<Self>) {
        if self.waiting.get() || self.is_in_trouble() {
            self.database.reopen();
            self.waiting.set(false);
            self.set_out();
        }
    }

    /// Notes that the archive could not be used.
    pub fn note_trouble(&self, error: &StoreError) {
        self.tell(|saving| saving.trouble = Some(Trouble::from(error)));
    }

    /// Sends nothing until the archive has been read: it may be of a later version.
    pub fn hold(&self) {
        self.held.set(true);
    }

    /// Whether it waits for the archive to be read.
    pub fn is_held(&self) -> bool {
        self.held.get()
    }

    /// Notes that the archive was read. What waits is tried at once; whether it takes anything
    /// shows only then.
    pub fn note_answer(self: &Rc<Self>) {
        self.held.set(false);
        self.waiting.set(false);
        if self.queue.borrow().is_empty() {
            self.tell(|saving| saving.trouble = None);
        } else {
            self.set_out();
        }
    }

    /// Of the events that wait, the ids.
    pub fn ids(&self) -> Heads {
        let mut ids = Heads::default();
        for event in self.queue.borrow().iter() {
            ids.insert(event.id);
        }
        ids
    }

    fn is_in_trouble(&self) -> bool {
        self.saving
            .with_untracked(|saving| saving.trouble.is_some())
    }

    fn set_out(self: &Rc<Self>) {
        // While the archive is known to fail, an answer waits for the next try with the others.
        if self.held.get() || self.waiting.get() || self.running.replace(true) {
            return;
        }
        let outbox = Rc::clone(self);
        leptos::task::spawn_local(async move {
            outbox.deliver().await;
            outbox.running.set(false);
        });
    }

    async fn deliver(self: &Rc<Self>) {
        loop {
            let batch: Vec<Event> = self.queue.borrow().iter().cloned().collect();
            if batch.is_empty() {
                return;
            }
            match self.save(&batch).await {
                Ok(()) => {
                    self.queue.borrow_mut().drain(..batch.len());
                    let older = self.older.get().min(batch.len());
                    self.older.set(self.older.get() - older);
                    self.wait_ms.set(FIRST_WAIT_MS);
                    if self.database.take_loss() || self.is_in_trouble() {
                        self.recoveries.update(|recoveries| *recoveries += 1);
                    }
                    self.tell(|saving| {
                        saving.saved += batch.len() - older;
                        saving.trouble = None;
                    });
                }
                Err(error) => {
                    self.note_trouble(&error);
                    return self.try_later();
                }
            }
        }
    }

    async fn save(&self, batch: &[Event]) -> Result<(), StoreError> {
        save(&self.database, batch).await?;
        match self.is_in_trouble() {
            true => self.database.begin_new_files().await,
            false => Ok(()),
        }
    }

    fn try_later(self: &Rc<Self>) {
        self.waiting.set(true);
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        let wait_ms = self.wait_ms.get();
        self.wait_ms.set((2 * wait_ms).min(LONGEST_WAIT_MS));
        let outbox = Rc::clone(self);
        clock::at(clock::now().utc_ms + wait_ms, move || {
            // A later failure has set a time of its own.
            if outbox.turn.get() == turn {
                outbox.retry();
            }
        });
    }

    /// Changes what is known about saving, for the screens and for scripts that watch the page.
    fn tell(&self, change: impl FnOnce(&mut Saving)) {
        let mut saving = self.saving.get_untracked();
        change(&mut saving);
        saving.pending = self.queue.borrow().len();
        page::set_saving(saving.pending, saving.saved);
        self.saving.set(saving);
    }
}
