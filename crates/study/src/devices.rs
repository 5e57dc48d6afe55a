//! The devices that have written to a log.

use crate::event::{Event, Kind, OrderKey};
use crate::id::DeviceId;
use crate::state::State;
use crate::time::StudyDay;

/// A device, as its events tell of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// What its learner calls it.
    pub name: Option<String>,
    /// How many events it wrote.
    pub events: usize,
    /// The wall clock at its last event.
    pub last_utc_ms: i64,
    /// The study day of its last event.
    pub last_day: StudyDay,
}

impl State {
    /// The devices whose events the log has, by id.
    pub fn devices(&self) -> Vec<Device> {
        devices_of(self.all_events(), self.effective_events())
    }

    /// What the learner calls this device.
    pub fn device_name(&self) -> Option<&str> {
        let names = names(self.effective_events());
        let this = rank(&names, self.author().device).ok()?;
        let name = names[this].newest.1;
        (!name.is_empty()).then_some(name)
    }
}

/// The devices of events, by id, with the names that the second events give them.
pub(crate) fn devices_of<'a>(
    events: impl Iterator<Item = &'a Event>,
    naming: impl Iterator<Item = &'a Event>,
) -> Vec<Device> {
    let mut devices: Vec<Of<(OrderKey, Device)>> = Vec::new();
    for event in events {
        let (id, key) = (event.id.device, event.order_key());
        let place = rank(&devices, id).unwrap_or_else(|place| {
            let device = Device {
                id,
                name: None,
                events: 0,
                last_utc_ms: event.utc_ms,
                last_day: event.study_day,
            };
            let newest = (key, device);
            devices.insert(place, Of { id, newest });
            place
        });
        let (newest, device) = &mut devices[place].newest;
        device.events += 1;
        if key > *newest {
            *newest = key;
            device.last_utc_ms = event.utc_ms;
            device.last_day = event.study_day;
        }
    }
    for Of { id, newest } in names(naming) {
        let name = newest.1;
        if let Some(place) = rank(&devices, id).ok().filter(|_| !name.is_empty()) {
            devices[place].newest.1.name = Some(name.to_owned());
        }
    }
    devices.into_iter().map(|of| of.newest.1).collect()
}

/// What is newest of a device. Lists of these are sorted by device: there are few.
struct Of<T> {
    id: DeviceId,
    newest: T,
}

/// The newest name of each device that was given one, which may be empty.
fn names<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<Of<(OrderKey, &'a str)>> {
    let mut names: Vec<Of<(OrderKey, &str)>> = Vec::new();
    for event in events {
        if let Kind::Device { name } = &event.kind {
            let id = event.id.device;
            let newest = (event.order_key(), name.as_str());
            match rank(&names, id) {
                Ok(place) => names[place].newest = newest.max(names[place].newest),
                Err(place) => names.insert(place, Of { id, newest }),
            }
        }
    }
    names
}

/// Where a device stands, or would stand.
fn rank<T>(list: &[Of<T>], id: DeviceId) -> Result<usize, usize> {
    list.binary_search_by(|of| of.id.cmp(&id))
}
