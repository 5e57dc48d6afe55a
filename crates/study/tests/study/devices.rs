//! The devices of a log and their names.

use crate::helper::{DAY, Learner, at, author, card};
use study::{Action, Kind, Rating, State, StudyDay};

fn name(learner: &mut Learner, name: &str) -> usize {
    learner.act(Action::NameDevice(name.into())).len()
}

#[test]
fn each_device_is_listed_with_its_name_and_its_last_event() {
    let mut phone = Learner::of(author("phone", "a"));
    assert_eq!(phone.state.devices(), []);
    assert_eq!(name(&mut phone, " Pocket \n"), 1);
    phone.grade_on(3, card("a"), Rating::Good);
    let mut laptop = Learner::of(author("laptop", "b"));
    laptop.now = at(5, 2, 0);
    laptop.grade(card("b"), Rating::Good);
    laptop.state.merge(phone.log.clone());

    let devices = laptop.state.devices();
    let ids: Vec<&str> = devices.iter().map(|device| device.id.as_str()).collect();
    assert_eq!(ids, ["laptop", "phone"]);
    assert_eq!((devices[0].name.as_deref(), devices[0].events), (None, 1));
    assert_eq!(devices[0].last_utc_ms, at(5, 2, 0).utc_ms);
    assert_eq!(devices[0].last_day, StudyDay(DAY + 4));
    assert_eq!(
        (devices[1].name.as_deref(), devices[1].events),
        (Some("Pocket"), 2)
    );
    assert_eq!(devices[1].last_day, StudyDay(DAY + 3));
    assert_eq!(phone.state.device_name(), Some("Pocket"));
    assert_eq!(laptop.state.device_name(), None);
}

#[test]
fn a_device_is_called_as_it_was_last_and_an_empty_text_takes_the_name_away() {
    let mut learner = Learner::new();
    assert_eq!(name(&mut learner, "One"), 1);
    assert_eq!(name(&mut learner, "One"), 0);
    assert_eq!(name(&mut learner, &"x".repeat(99)), 1);
    assert_eq!(learner.state.device_name(), Some(&*"x".repeat(40)));
    assert_eq!(
        learner.reloaded("again").state.device_name(),
        Some(&*"x".repeat(40))
    );
    assert_eq!(name(&mut learner, " "), 1);
    assert_eq!(learner.state.device_name(), None);
    assert_eq!(name(&mut learner, ""), 0);
}

#[test]
fn undo_leaves_the_name_alone() {
    let mut learner = Learner::new();
    learner.grade(card("a"), Rating::Good);
    name(&mut learner, "One");
    let undo = learner.act(Action::Undo);
    let graded = learner.log[0].id;
    assert_eq!(undo[0].kind, Kind::Undo { event: graded });
    assert_eq!(learner.state.device_name(), Some("One"));
    let event = learner.log[1].id;
    learner.act(Action::UndoEvent(event));
    assert_eq!(learner.state.device_name(), None);
    assert_eq!(
        State::replay(learner.state.author(), learner.log).device_name(),
        None
    );
}
