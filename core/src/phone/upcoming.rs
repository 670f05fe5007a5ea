//! What a shell is to notify its owner of: own pledges and the own reminder, in words that give nothing
//! away on a lock screen (spec §5, §8). Nothing that the partner does is ever notified of (P1).

use std::sync::Arc;

use chrono::{Days, NaiveTime};
use serde::{Deserialize, Serialize};

use super::keeping::{Keeping, Open};
use super::{PhoneError, Refusal};
use crate::catalogue::Label;
use crate::journal::{EntryId, LocalTime, Whose};

/// The setting with the reminder.
const REMINDER: &str = "reminder";
/// So many are handed out at once; a shell asks again.
const MOST: usize = 60;

/// Notifications to come.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Upcoming {
    pub(super) keeping: Arc<Keeping>,
}

/// One notification to come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Notice {
    /// When.
    pub at: LocalTime,
    /// What about.
    pub about: About,
    /// What it says.
    pub text: String,
}

/// What a notification is about. It is for this phone alone, and not what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum About {
    /// An own pledge: 10 minutes before it is due, and when it is.
    Pledge(EntryId),
    /// The daily reminder.
    Reminder,
}

/// What the owner wants to be notified of, and how openly. Private to this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Reminders {
    /// At which minute of the day to remind, 0 to 1439; once a day at most, and not at all where absent.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub daily_at: Option<u16>,
    /// Whether notifications may say what they are about.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub open_words: bool,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Upcoming {
    /// What is to come, up to and with a time, soonest first.
    pub fn until(&self, until: LocalTime) -> Result<Vec<Notice>, PhoneError> {
        self.keeping.with(|open| {
            let reminders = open.reminders()?;
            let now = open.environment.clock.wall();
            let mut notices = Vec::new();
            for pledge in open.standing_pledges()?.iter().filter(|pledge| pledge.whose == Whose::Mine) {
                for at in pledge.prompts(now) {
                    let words = if at == pledge.due {
                        Label::NotificationDetailPlanNow
                    } else {
                        Label::NotificationDetailPlanSoon
                    };
                    notices.push((at, About::Pledge(pledge.id), words));
                }
            }
            if let Some(time) = reminders.daily_at.and_then(time_of_day) {
                // Today's may have been.
                let days = days_at(now, time).take(MOST + 1);
                notices.extend(days.map(|at| (at, About::Reminder, Label::NotificationDetailCheckIn)));
            }
            notices.retain(|(at, ..)| at.unix_ms() > now.unix_ms() && at.unix_ms() <= until.unix_ms());
            notices.sort_by_key(|(at, ..)| at.unix_ms());
            notices.truncate(MOST);
            let catalogue = self.keeping.catalogue();
            let text = |words| catalogue.text(if reminders.open_words { words } else { Label::NotificationPlain });
            Ok(notices.into_iter().map(|(at, about, words)| Notice { at, about, text: text(words) }).collect())
        })
    }

    /// What the owner wants to be notified of; nothing but own pledges until it is set.
    pub fn reminders(&self) -> Result<Reminders, PhoneError> {
        self.keeping.with(|open| open.reminders())
    }

    /// Sets it. Refused: `OutOfRange` for a minute that no day has.
    pub fn set_reminders(&self, reminders: Reminders) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            if reminders.daily_at.is_some_and(|minute| time_of_day(minute).is_none()) {
                return Err(Refusal::OutOfRange.into());
            }
            let mut bytes = Vec::new();
            ciborium::into_writer(&reminders, &mut bytes).map_err(|_| PhoneError::StorageFailed)?;
            Ok(open.store.put_setting(REMINDER, &bytes)?)
        })
    }
}

fn time_of_day(minute: u16) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0)
}

/// This time of day, today and on the days after, by the clock on the wall here.
fn days_at(now: LocalTime, time: NaiveTime) -> impl Iterator<Item = LocalTime> {
    let here = now.to_chrono();
    let (today, offset) = (here.date_naive(), *here.offset());
    (0..).map_while(move |days| {
        let at = today.checked_add_days(Days::new(days))?.and_time(time).and_local_timezone(offset).single()?;
        at.try_into().ok()
    })
}

impl Open {
    fn reminders(&self) -> Result<Reminders, PhoneError> {
        let Some(bytes) = self.store.setting(REMINDER)? else { return Ok(Reminders::default()) };
        ciborium::from_reader(bytes.as_slice()).map_err(|_| PhoneError::Damaged)
    }
}
