//! A session: the cards that one sitting goes through, and where it stands.
//!
//! It is a draft, not progress: it is kept so that a reload continues in the
//! middle, and losing it loses no answer. It is saved as a few lines of text.

use deck::{CardId, PartId};
use study::{CardState, Next, Now, Queue, Rating, Stage, State, StudyDay, queue};

/// How much a learner wants to do in one sitting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Length {
    /// About this many minutes, by the learner's own pace.
    Minutes(u32),
    /// Everything that is due today.
    AllDue,
}

/// Whether the prompt of the current card is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Prompt {
    /// Not yet.
    Hidden,
    /// On the learner's request.
    Shown,
}

/// The card in front of the learner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Current {
    /// Which card.
    pub card: CardId,
    /// How many parts of its answer are shown.
    pub shown_parts: u32,
    /// The last of them, by which they are known again when the note was edited meanwhile.
    pub last_part: Option<PartId>,
    /// Whether its prompt is shown.
    pub prompt: Prompt,
    /// When the question appeared, in UTC milliseconds.
    pub since_ms: i64,
}

impl Current {
    fn at(card: CardId, now: Now) -> Current {
        Current {
            card,
            shown_parts: 0,
            last_part: None,
            prompt: Prompt::Hidden,
            since_ms: now.utc_ms,
        }
    }

    /// The same card without what changes while it is read.
    pub fn unread(self) -> Current {
        Current {
            shown_parts: 0,
            last_part: None,
            prompt: Prompt::Hidden,
            ..self
        }
    }

    /// Shows as many of the card's parts as go up to the one that was shown last, if that is still
    /// there.
    pub fn find_last_part(&mut self, parts: impl Iterator<Item = PartId>) {
        let mut parts = (1..).zip(parts);
        if let Some((number, _)) = parts.find(|(_, part)| Some(*part) == self.last_part) {
            self.shown_parts = number;
        }
    }

    /// Counts the time from now on: the learner was away.
    pub fn resume(&mut self, now: Now) {
        self.since_ms = now.utc_ms;
    }
}

/// An answer that is taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LastAnswer {
    /// Its card.
    pub card: CardId,
    /// Its grade.
    pub rating: Rating,
    /// The time it took, in milliseconds.
    pub took_ms: u32,
}

/// What a session shows next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A card.
    Card(Current),
    /// Nothing before this time, in UTC milliseconds.
    Wait {
        /// When the next learning step is due.
        until_utc_ms: i64,
    },
    /// The plan is done for today.
    Finished,
}

/// One sitting.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    /// The study day it belongs to; it ends with it.
    pub day: StudyDay,
    /// The cards it goes through, in the order of the queue at its start.
    pub plan: Vec<CardId>,
    /// Answers given.
    pub answers: u32,
    /// Answers that were Again.
    pub again: u32,
    /// Time spent on answers, in milliseconds.
    pub took_ms: u64,
    /// Answers still to be given, if all goes well; as of the last answer.
    pub left: u32,
    /// Where it stands.
    pub place: Place,
}

impl Session {
    /// Plans a session over `cards` (in the order of the notes), or `None` if
    /// nothing is due among them.
    pub fn plan(state: &State, cards: &[CardId], length: Length, now: Now) -> Option<Session> {
        let day = StudyDay::at(now, state.settings().rollover_hour);
        let all = queue(state, cards, now);
        let plan = within(state, &all, length);
        let mut session = Session {
            day,
            plan,
            answers: 0,
            again: 0,
            took_ms: 0,
            left: 0,
            place: Place::Finished,
        };
        session.move_on(state, now);
        (session.place != Place::Finished).then_some(session)
    }

    /// The card in front of the learner, if there is one.
    pub fn current(&self) -> Option<Current> {
        match self.place {
            Place::Card(current) => Some(current),
            Place::Wait { .. } | Place::Finished => None,
        }
    }

    /// Whether it was begun and not finished.
    pub fn is_open(&self) -> bool {
        self.place != Place::Finished
    }

    /// Whether the session is still of the study day of `now`.
    pub fn is_of_today(&self, state: &State, now: Now) -> bool {
        self.day == StudyDay::at(now, state.settings().rollover_hour)
    }

    /// Counts an answer and goes to the next card.
    pub fn answered(&mut self, state: &State, rating: Rating, took_ms: u32, now: Now) {
        self.answers += 1;
        self.again += u32::from(rating == Rating::Again);
        self.took_ms += u64::from(took_ms);
        self.move_on(state, now);
    }

    /// Takes back an answer whose event is undone already: its card comes again,
    /// with `parts` parts shown.
    pub fn taken_back(&mut self, state: &State, answer: &LastAnswer, parts: u32, now: Now) {
        self.answers = self.answers.saturating_sub(1);
        self.again = self
            .again
            .saturating_sub(u32::from(answer.rating == Rating::Again));
        self.took_ms = self.took_ms.saturating_sub(u64::from(answer.took_ms));
        self.left = answers_left(state, &queue(state, &self.plan, now));
        self.place = Place::Card(Current {
            shown_parts: parts,
            ..Current::at(answer.card, now)
        });
    }

    /// Goes to what the queue has next.
    pub fn move_on(&mut self, state: &State, now: Now) {
        let queue = queue(state, &self.plan, now);
        self.left = answers_left(state, &queue);
        self.place = match queue.next(now) {
            Next::Card(card) => Place::Card(Current::at(card, now)),
            Next::Wait { until_utc_ms } => Place::Wait { until_utc_ms },
            Next::Done => Place::Finished,
        };
    }

    /// Changes the card in front of the learner, if there is one.
    pub fn update_current(&mut self, change: impl FnOnce(&mut Current)) {
        if let Place::Card(current) = &mut self.place {
            change(current);
        }
    }

    /// Where the session stands, as a text for the drafts. The plan has a text of
    /// its own, since it is long and does not change with every answer.
    pub fn to_text(&self) -> String {
        let place = match self.place {
            Place::Card(current) => {
                let Current {
                    card,
                    shown_parts,
                    last_part,
                    prompt,
                    since_ms,
                } = current;
                let prompt = u8::from(prompt == Prompt::Shown);
                let last_part = last_part.map_or(String::new(), |part| format!(" {part}"));
                format!("card {card} {shown_parts} {prompt} {since_ms}{last_part}")
            }
            Place::Wait { until_utc_ms } => format!("wait {until_utc_ms}"),
            Place::Finished => "finished".to_owned(),
        };
        let Session {
            day,
            answers,
            again,
            took_ms,
            left,
            ..
        } = self;
        format!("1\n{}\n{answers} {again} {took_ms} {left}\n{place}", day.0)
    }

    /// The plan, as a text for the drafts.
    pub fn plan_text(&self) -> String {
        let plan: Vec<&str> = self.plan.iter().map(CardId::as_str).collect();
        plan.join(" ")
    }

    /// Reads what [`Session::to_text`] and [`Session::plan_text`] wrote; `None`
    /// for anything else.
    pub fn from_texts(text: &str, plan: &str) -> Option<Session> {
        let mut lines = text.lines();
        if lines.next()? != "1" {
            return None;
        }
        let day = StudyDay(lines.next()?.parse().ok()?);
        let mut counts = lines.next()?.split(' ');
        let answers = counts.next()?.parse().ok()?;
        let again = counts.next()?.parse().ok()?;
        let took_ms = counts.next()?.parse().ok()?;
        let left = counts.next()?.parse().ok()?;
        let place = place_from(lines.next()?)?;
        let plan = plan.split_ascii_whitespace().map(|id| id.parse().ok());
        Some(Session {
            day,
            plan: plan.collect::<Option<Vec<CardId>>>()?,
            answers,
            again,
            took_ms,
            left,
            place,
        })
    }
}

/// The answers that finish a queue for today if all goes well: a new card takes
/// one for each learning step.
pub fn answers_left(state: &State, queue: &Queue) -> u32 {
    let cards = queue
        .learning
        .iter()
        .map(|(_, card)| card)
        .chain(&queue.due)
        .chain(&queue.new);
    cards.map(|card| answers_of(state, state.card(*card))).sum()
}

/// Minutes that `answers` take at the learner's own pace, at least one.
pub fn minutes_for(state: &State, answers: u32) -> u32 {
    let minutes = answers as f32 * state.seconds_per_card() / 60.0;
    (minutes + 0.5) as u32 + u32::from(minutes < 0.5 && answers > 0)
}

fn answers_of(state: &State, card: Option<&CardState>) -> u32 {
    let steps = state.settings().learning_steps_min.len() as u32;
    match card.map_or(Stage::New, |card| card.stage) {
        Stage::New => steps.max(1),
        Stage::Learn { step } => steps.saturating_sub(u32::from(step)).max(1),
        Stage::Review | Stage::Relearn { .. } => 1,
    }
}

/// The first cards of a queue that fit into a length; at least one.
fn within(state: &State, queue: &Queue, length: Length) -> Vec<CardId> {
    let cards = queue.learning.iter().map(|(_, card)| *card);
    let cards = cards
        .chain(queue.due.iter().copied())
        .chain(queue.new.iter().copied());
    let Length::Minutes(minutes) = length else {
        return cards.collect();
    };
    let mut seconds_left = minutes as f32 * 60.0;
    cards
        .take_while(|card| {
            let fits = seconds_left > 0.0;
            let answers = answers_of(state, state.card(*card)) as f32;
            seconds_left -= answers * state.seconds_per_card();
            fits
        })
        .collect()
}

fn place_from(line: &str) -> Option<Place> {
    let mut words = line.split(' ');
    Some(match words.next()? {
        "card" => Place::Card(Current {
            card: words.next()?.parse().ok()?,
            shown_parts: words.next()?.parse().ok()?,
            prompt: if words.next()? == "1" {
                Prompt::Shown
            } else {
                Prompt::Hidden
            },
            since_ms: words.next()?.parse().ok()?,
            last_part: words.next().and_then(|part| part.parse().ok()),
        }),
        "wait" => Place::Wait {
            until_utc_ms: words.next()?.parse().ok()?,
        },
        "finished" => Place::Finished,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use study::{Action, Author, DeviceId, LoadId, apply, decide};

    const NINE: Now = Now {
        utc_ms: 1_795_338_000_000,
        utc_offset_min: 0,
    };

    fn state() -> State {
        let device = DeviceId::from_random(7);
        let load = LoadId::from_start(NINE.utc_ms, 7);
        State::new(Author { device, load })
    }

    fn cards(number: usize) -> Vec<CardId> {
        let ids = (0..number).map(|index| format!("card{index}"));
        ids.map(|id| id.parse().expect("a valid id")).collect()
    }

    fn later(now: Now, minutes: i64) -> Now {
        Now {
            utc_ms: now.utc_ms + minutes * 60_000,
            ..now
        }
    }

    /// Grades the current card, as the app does.
    fn grade(session: &mut Session, state: &mut State, rating: Rating, now: Now) {
        let card = session.current().expect("a card waits").card;
        let action = Action::Grade {
            card,
            fingerprint: 1,
            rating,
            took_ms: 1_000,
            got: Vec::new(),
            missed: Vec::new(),
        };
        for event in decide(state, action, now) {
            apply(state, &event);
        }
        session.answered(state, rating, 1_000, now);
    }

    #[test]
    fn a_session_takes_as_many_cards_as_its_minutes_hold() {
        let state = state();
        let plan = |length| Session::plan(&state, &cards(18), length, NINE).map(|s| s.plan.len());
        // A new card takes two answers of 40 seconds each at first.
        assert_eq!(plan(Length::Minutes(5)), Some(4));
        assert_eq!(plan(Length::Minutes(10)), Some(8));
        assert_eq!(plan(Length::AllDue), Some(18));
        assert_eq!(Session::plan(&state, &[], Length::AllDue, NINE), None);
    }

    #[test]
    fn a_session_ends_when_every_card_of_its_plan_is_done_for_today() {
        let mut state = state();
        let mut session =
            Session::plan(&state, &cards(3), Length::AllDue, NINE).expect("three cards are new");
        let mut now = NINE;
        let mut answers = 0;
        while session.is_open() {
            assert!(answers < 20, "it ends");
            grade(&mut session, &mut state, Rating::Good, now);
            now = later(now, 1);
            answers += 1;
        }
        assert_eq!((answers, session.answers, session.again), (6, 6, 0));
        assert_eq!(session.left, 0);
    }

    #[test]
    fn an_answer_that_is_taken_back_shows_its_card_again() {
        let mut state = state();
        let mut session =
            Session::plan(&state, &cards(3), Length::AllDue, NINE).expect("three cards are new");
        let first = session.current().expect("a card waits").card;
        grade(&mut session, &mut state, Rating::Again, NINE);
        assert_ne!(session.current().map(|current| current.card), Some(first));
        for event in decide(&state, Action::Undo, NINE) {
            apply(&mut state, &event);
        }
        let answer = LastAnswer {
            card: first,
            rating: Rating::Again,
            took_ms: 1_000,
        };
        session.taken_back(&state, &answer, 4, later(NINE, 1));
        let current = session.current().expect("the card is back");
        assert_eq!((current.card, current.shown_parts), (first, 4));
        assert_eq!(
            (
                session.answers,
                session.again,
                session.took_ms,
                session.left
            ),
            (0, 0, 0, 6)
        );
    }

    #[test]
    fn a_session_is_read_back_as_it_was_saved() {
        let state = state();
        let mut session =
            Session::plan(&state, &cards(3), Length::AllDue, NINE).expect("three cards are new");
        session.update_current(|current| {
            current.shown_parts = 2;
            current.last_part = "part".parse().ok();
            current.prompt = Prompt::Shown;
        });
        let wait = Place::Wait { until_utc_ms: 5 };
        for place in [session.place, wait, Place::Finished] {
            session.place = place;
            let read = Session::from_texts(&session.to_text(), &session.plan_text());
            assert_eq!(read, Some(session.clone()));
        }
    }

    #[test]
    fn shown_parts_are_known_again_by_the_last_of_them() {
        let part = |name: &str| name.parse::<PartId>().expect("a valid id");
        let check = |now: &[&str], shown| {
            let mut current = Current::at(cards(1)[0], NINE);
            current.shown_parts = 2;
            current.last_part = Some(part("two"));
            current.find_last_part(now.iter().map(|name| part(name)));
            assert_eq!(current.shown_parts, shown, "{now:?}");
        };
        check(&["one", "two", "three"], 2);
        check(&["new", "one", "two", "three"], 3);
        check(&["two", "three"], 1);
        check(&["one", "three", "four"], 2);
    }

    #[test]
    fn what_is_no_session_is_none() {
        let texts = [
            "",
            "1",
            "2\n1\n0 0 0 0\nfinished",
            "1\n1\n0 0 0 0\ncard",
            "1\nx\n0 0 0 0\nfinished",
        ];
        for text in texts {
            assert_eq!(Session::from_texts(text, ""), None, "{text:?}");
        }
        assert_eq!(
            Session::from_texts("1\n1\n0 0 0 0\nfinished", "NO ID"),
            None
        );
    }

    #[test]
    fn a_session_ends_with_its_study_day() {
        let state = state();
        let session =
            Session::plan(&state, &cards(1), Length::AllDue, NINE).expect("a card is new");
        assert!(session.is_of_today(&state, later(NINE, 60)));
        assert!(!session.is_of_today(&state, later(NINE, 24 * 60)));
    }

    #[test]
    fn minutes_are_rounded_and_never_zero_while_something_is_left() {
        let mut state = state();
        assert_eq!(minutes_for(&state, 0), 0);
        assert_eq!(minutes_for(&state, 22), 15);
        let mut session =
            Session::plan(&state, &cards(1), Length::AllDue, NINE).expect("a card is new");
        grade(&mut session, &mut state, Rating::Good, NINE);
        // At a second an answer, one answer is far less than half a minute.
        assert_eq!(minutes_for(&state, 1), 1);
        assert_eq!(minutes_for(&state, 0), 0);
    }
}
