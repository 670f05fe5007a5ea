//! What holds for the texts of every language, and for the lists.

mod files;
mod lists;
mod saying;
mod wording;
