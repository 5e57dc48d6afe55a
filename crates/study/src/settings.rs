//! The learner's settings, and changes of them.

/// Settings as the log leaves them. All are integers, so that the log holds no fractions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The chance of recall at which a card falls due, in percent: 70 to 97.
    pub desired_retention_percent: u32,
    /// How many new cards are introduced on a study day.
    pub new_per_day: u32,
    /// The steps of a new card, in minutes. With none, FSRS grants the first interval.
    pub learning_steps_min: Vec<u32>,
    /// The steps after a lapse, in minutes.
    pub relearning_steps_min: Vec<u32>,
    /// The longest interval.
    pub maximum_interval_days: u32,
    /// The local hour at which a study day begins.
    pub rollover_hour: u8,
    /// The colours of the screen.
    pub theme: Theme,
    /// Whether intervals are spread a little.
    pub fuzz: Fuzz,
    /// Whether the welcome was read.
    pub welcome: Welcome,
}

/// The colours of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// As the system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Whether intervals are spread a little, so that cards learned together part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fuzz {
    /// Spread.
    On,
    /// Exactly as FSRS has it.
    Off,
}

/// Whether the welcome was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Welcome {
    /// It is to be shown.
    Unread,
    /// It was read.
    Read,
}

/// New values of some settings. The last change of each setting in the log counts.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
#[expect(
    missing_docs,
    reason = "each field is the field of `Settings` of that name"
)]
pub struct SettingsChange {
    pub desired_retention_percent: Option<u32>,
    pub new_per_day: Option<u32>,
    pub learning_steps_min: Option<Vec<u32>>,
    pub relearning_steps_min: Option<Vec<u32>>,
    pub maximum_interval_days: Option<u32>,
    pub rollover_hour: Option<u8>,
    pub theme: Option<Theme>,
    pub fuzz: Option<Fuzz>,
    pub welcome: Option<Welcome>,
}

const MAX_STEPS: usize = 10;
const MAX_STEP_MIN: u32 = 7 * 24 * 60;
const MAX_INTERVAL_DAYS: u32 = 36_500;
const MAX_NEW_PER_DAY: u32 = 9_999;

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            desired_retention_percent: 90,
            new_per_day: 20,
            learning_steps_min: vec![1, 10],
            relearning_steps_min: vec![10],
            maximum_interval_days: 1825,
            rollover_hour: 4,
            theme: Theme::System,
            fuzz: Fuzz::On,
            welcome: Welcome::Unread,
        }
    }
}

impl Settings {
    /// The chance of recall at which a card falls due, from 0 to 1.
    pub fn desired_retention(&self) -> f32 {
        self.desired_retention_percent as f32 / 100.0
    }

    /// Takes over the values that the change has, each brought into its range: a log may come
    /// from anywhere.
    pub(crate) fn take(&mut self, change: &SettingsChange) {
        take(
            &mut self.desired_retention_percent,
            &change.desired_retention_percent,
            |percent| percent.clamp(70, 97),
        );
        take(&mut self.new_per_day, &change.new_per_day, |cards| {
            cards.min(MAX_NEW_PER_DAY)
        });
        take(
            &mut self.learning_steps_min,
            &change.learning_steps_min,
            steps,
        );
        take(
            &mut self.relearning_steps_min,
            &change.relearning_steps_min,
            steps,
        );
        take(
            &mut self.maximum_interval_days,
            &change.maximum_interval_days,
            |days| days.clamp(1, MAX_INTERVAL_DAYS),
        );
        take(&mut self.rollover_hour, &change.rollover_hour, |hour| {
            hour.min(23)
        });
        take(&mut self.theme, &change.theme, |theme| theme);
        take(&mut self.fuzz, &change.fuzz, |fuzz| fuzz);
        take(&mut self.welcome, &change.welcome, |welcome| welcome);
    }
}

fn take<T: Clone>(setting: &mut T, change: &Option<T>, into_range: impl Fn(T) -> T) {
    if let Some(value) = change {
        *setting = into_range(value.clone());
    }
}

fn steps(mut minutes: Vec<u32>) -> Vec<u32> {
    minutes.truncate(MAX_STEPS);
    for step in &mut minutes {
        *step = (*step).clamp(1, MAX_STEP_MIN);
    }
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_leaves_the_other_settings_alone() {
        let mut settings = Settings::default();
        settings.take(&SettingsChange {
            theme: Some(Theme::Dark),
            ..SettingsChange::default()
        });
        let expected = Settings {
            theme: Theme::Dark,
            ..Settings::default()
        };
        assert_eq!(settings, expected);
    }

    #[test]
    fn values_out_of_range_are_brought_into_it() {
        let mut settings = Settings::default();
        settings.take(&SettingsChange {
            desired_retention_percent: Some(5),
            new_per_day: Some(u32::MAX),
            learning_steps_min: Some(vec![0; 40]),
            maximum_interval_days: Some(0),
            rollover_hour: Some(99),
            ..SettingsChange::default()
        });
        assert_eq!(settings.desired_retention_percent, 70);
        assert_eq!(settings.new_per_day, 9_999);
        assert_eq!(settings.learning_steps_min, vec![1; 10]);
        assert_eq!(settings.maximum_interval_days, 1);
        assert_eq!(settings.rollover_hour, 23);
    }
}
