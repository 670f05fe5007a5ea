//! Words for feelings, in groups (spec §3, §8, §9). They complete "I feel …"; none says what somebody
//! else did.

use super::message::MessageId;
use super::word::{Word, words};

/// Words that lie close together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmotionGroup {
    /// Its id.
    pub id: &'static str,
    /// Its words.
    pub words: &'static [Word],
    message: &'static str,
}

impl EmotionGroup {
    /// Its name.
    pub const fn name(&self) -> MessageId {
        MessageId::of(self.message)
    }
}

macro_rules! groups {
    ($($id:ident: $($word:ident)*;)*) => {
        &[$(EmotionGroup {
            id: stringify!($id),
            words: words!["emotion-"; $($word)*],
            message: concat!("emotions-", stringify!($id)),
        }),*]
    };
}

/// Every group, each with its words.
pub fn emotions() -> &'static [EmotionGroup] {
    groups! {
        glad: glad happy cheerful delighted joyful playful amused relieved hopeful grateful;
        calm: calm peaceful at_ease rested content safe steady unhurried quiet_inside;
        close: loving tender warm close fond touched caring trusting at_home;
        lively: curious interested lively eager inspired absorbed surprised amazed;
        strong: proud confident brave determined capable free clear;
        sad: sad down heavy_hearted disappointed grieving tearful discouraged hopeless sorry;
        longing: lonely longing homesick missing_someone wistful empty alone;
        afraid: afraid worried uneasy nervous tense panicky shaky insecure alarmed full_of_dread;
        angry: angry irritated annoyed frustrated furious impatient resentful bitter jealous
            envious;
        hurt: hurt raw stung thin_skinned vulnerable exposed;
        ashamed: ashamed embarrassed guilty regretful shy self_conscious not_enough;
        confused: confused torn uncertain puzzled doubtful scattered overwhelmed restless;
        far_away: tired exhausted drained numb flat distant bored listless closed foggy;
    }
}
