//! Events, log, replay, schedule and queue.
//!
//! Everything here is pure: the clock, randomness and storage are passed in. Progress goes one
//! way: an [`Action`] is [`decide`]d into events, the events are saved by the [`LogKeeper`], then
//! [`apply`] changes the [`State`]. [`State::replay`] takes the same steps over a whole log, only
//! that it first settles which events count; property tests hold the two equal, so what is on the
//! screen is always what the log says.

mod time;

mod id;

mod order;

mod event;

mod settings;

mod memory;

mod card;

mod tally;

mod state;

mod fuzz;

mod schedule;

mod decide;

mod queue;

pub mod saved;

mod checksum;

mod keeper;

mod heads;

mod archive;

mod format;

mod migrate;

mod integrity;

mod export;

mod preview;

mod csv;

mod devices;

mod clock;

mod reminder;

mod backup;

mod vault;

pub mod transfer;

pub use archive::{
    Archive, Archived, Change, DamagedLine, SEAL_ROWS, SEAL_ROWS_AT_START, SEALED_LINES, Shelf,
    United, read_archive, read_heads, save, save_device, seal, set_aside, unite,
};
pub use backup::{BackupName, BadBackupName, Reason, is_backup_due};
pub use card::{CardState, LEECH_LAPSES, LastReview, Stage};
pub use checksum::crc32;
pub use clock::{ClockTrouble, clock_trouble};
pub use csv::reviews_csv;
pub use decide::{Action, decide, preview};
pub use devices::Device;
pub use event::{Asked, Due, Event, Extra, Kind, Phase, Rating, Review, Scope};
pub use export::{
    BadExportLine, Import, ImportError, LineProblem, MAX_EXPORT_BYTES, export_text, parse_export,
};
pub use format::{Access, FORMAT, Format, Formats, formats, stamp};
pub use heads::Heads;
pub use id::{Author, BadStudyId, DeviceId, EventId, LoadId};
pub use integrity::{Integrity, Quarantined, SideCheck, check, used_units};
pub use keeper::{
    FirstSeen, Folded, KeyValue, LOW_UNITS, LogKeeper, NEAR_UNITS, Need, Opened, QUOTA_UNITS,
    REFILL_UNITS, Rescued, Room, SEGMENT_BYTES, StoreError, TAIL_BYTES, Unreadable, device_id,
};
pub use memory::{Fsrs6, MemoryState, Scheduler};
pub use migrate::{MIGRATIONS, Ring, migrate};
pub use order::sort_by;
pub use preview::{
    ImportPreview, RestorePreview, events_to_take, preview_import, preview_restore, take_back_later,
};
pub use queue::{Counts, LEARN_AHEAD_MIN, Next, Queue, queue};
pub use reminder::{BadExported, ExportReminder, Exported, export_reminder};
pub use saved::{BadLine, decode_line, encode_line};
pub use schedule::{Grant, Interval};
pub use settings::{Fuzz, Settings, SettingsChange, Theme, Welcome};
pub use state::{State, UndoTarget, apply};
pub use tally::DayCounts;
pub use time::{DAY_MS, MINUTE_MS, Now, StudyDay};
pub use vault::{BackedUp, BackupError, Vault, back_up};
