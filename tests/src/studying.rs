//! What a learner does in Quire in particular: sessions, answers, the log.

use crate::learner::{GLANCE, Learner};
use crate::look::Look;
use std::path::Path;
use std::time::{Duration, Instant};

/// The four grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Not known.
    Again,
    /// Known with a struggle.
    Hard,
    /// Known.
    Good,
    /// Known at no cost.
    Easy,
}

impl Grade {
    /// What its button's name begins with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Again => "Again",
            Self::Hard => "Hard",
            Self::Good => "Good",
            Self::Easy => "Easy",
        }
    }

    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Again => "1",
            Self::Hard => "2",
            Self::Good => "3",
            Self::Easy => "4",
        }
    }

    /// Its button, whose name also tells the next interval.
    pub fn button(self) -> Look {
        Look::button_beginning(self.name())
    }
}

/// The heading of a session's end.
pub const FINISHED: &str = "Session finished";

impl Learner {
    /// Opens the app and starts a session with everything that is due; returns the first question.
    pub async fn starts_a_session(&self) -> String {
        self.opens("").await;
        self.sees_heading("Today").await;
        self.selects("Session length", "All that is due").await;
        self.chooses(Look::button("Start studying")).await;
        self.next_heading("Today").await
    }

    /// Opens the app and comes to a question, of an open session if there is one.
    pub async fn starts_or_continues_a_session(&self) -> String {
        self.opens("").await;
        self.sees_heading("Today").await;
        let open = Look::button("Continue session");
        if self.has_in_sight(&open).await {
            self.chooses(open).await;
        } else {
            self.selects("Session length", "All that is due").await;
            self.chooses(Look::button("Start studying")).await;
        }
        self.next_heading("Today").await
    }

    /// In Settings: adds the entries of a file to the log, agreeing to what the app shows first.
    pub async fn imports(&self, file: &Path, entries: usize, patience: Duration) {
        self.gives_file("Import log", file).await;
        let add = Look::button("Add to my log");
        let added = format!("{entries} entries added");
        let deadline = Instant::now() + patience;
        loop {
            if self.page_text().await.contains(&added) {
                return self.tells(format!("reads “{added}”"));
            }
            if self.has_in_sight(&add).await {
                self.chooses(add.clone()).await;
            }
            if Instant::now() > deadline {
                let page = self.page_text().await;
                self.gives_up(&format!("does not read “{added}”. The page says: {page}"));
            }
            tokio::time::sleep(4 * GLANCE).await;
        }
    }

    /// On the screen Today: ends the session that is open, if there is one.
    pub async fn ends_the_open_session(&self) {
        let end = Look::button("End it");
        if self.has_in_sight(&end).await {
            self.chooses(end).await;
        }
        self.sees(Look::button("Start studying")).await;
    }

    /// What Today says is due, of each kind and by deck; an open session is ended for it.
    pub async fn due_today(&self) -> String {
        self.opens("").await;
        self.sees_heading("Today").await;
        self.ends_the_open_session().await;
        let page = self.page_text().await;
        let (_, numbers) = page
            .split_once("To review")
            .unwrap_or_else(|| self.gives_up("reads nothing of what is due"));
        format!("To review{numbers}")
    }

    /// Shows the whole answer, part by part, and waits for the grades.
    pub async fn reveals_part_by_part(&self) {
        for _ in 0..40 {
            if self.has_in_sight(&Grade::Good.button()).await {
                return;
            }
            let next = Look::button_beginning("Show next part");
            let only = Look::button("Show answer");
            if self.has_in_sight(&next).await {
                self.chooses(next).await;
            } else if self.has_in_sight(&only).await {
                self.chooses(only).await;
            }
        }
        self.sees(Grade::Good.button()).await;
    }

    /// Shows the whole answer with one key.
    pub async fn reveals_by_key(&self) {
        self.presses("a").await;
        self.sees(Grade::Good.button()).await;
    }

    /// Shows the answer, grades it, and waits for what comes next, which may be the same card
    /// again. Returns the new heading and what the chosen button promised.
    pub async fn answers(&self, grade: Grade) -> Answered {
        self.reveals_by_key().await;
        let promise = self.name_of(grade.button()).await;
        self.chooses(grade.button()).await;
        self.does_not_see(Grade::Again.button()).await;
        let next = self.heading().await;
        Answered { next, promise }
    }

    /// The same with keys alone.
    pub async fn answers_by_keyboard(&self, grade: Grade) -> String {
        self.reveals_by_key().await;
        self.presses(grade.key()).await;
        self.does_not_see(Grade::Again.button()).await;
        self.heading().await
    }

    /// Answers until the session is over; returns what each button promised.
    pub async fn studies_to_the_end(&self, grade: Grade) -> Vec<String> {
        let mut promises = Vec::new();
        while promises.len() < 100 {
            let answered = self.answers(grade).await;
            promises.push(answered.promise);
            if answered.next == FINISHED {
                return promises;
            }
        }
        self.gives_up("answered a hundred times and the session did not end");
    }

    /// All lines of the log that are stored for the app at `scope`, the path of its base.
    pub async fn log_lines(&self, scope: &str) -> Vec<String> {
        // At one moment: between two the app may move lines from one key to another.
        let stored = self.stored(&format!("quire:{scope}:")).await;
        let is_log = |key: &str| ["seg:", "tail:"].iter().any(|kind| key.contains(kind));
        let log = stored.iter().filter(|(key, _)| is_log(key));
        log.flat_map(|(_, value)| value.lines().map(str::to_owned))
            .collect()
    }
}

/// What an answer led to.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The heading after it.
    pub next: String,
    /// The whole name of the button, with the interval.
    pub promise: String,
}
