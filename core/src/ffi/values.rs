//! Values that have a form of their own in each language: ids, times, dates, addresses, folders, keys.
//!
//! All of them cross as texts or bytes, and are checked on the way in: what is no id is an id of nothing
//! (`UnknownId`), any other text that cannot be read is a bad argument. What Kotlin and Swift make of them is said in
//! `bindings/uniffi.toml`.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime, Weekday};
use uniffi::LiftRef;

use crate::UniFfiTag;
use crate::journal::{EntryId, LocalTime};
use crate::phone::PhoneError;

uniffi::custom_type!(EntryId, String, {
    lower: |id| id.to_string(),
    try_lift: |text| Ok(EntryId::parse(&text).map_err(PhoneError::from)?),
});

uniffi::custom_type!(LocalTime, String, {
    lower: |time| time.to_string(),
    try_lift: |text| Ok(LocalTime::parse(&text).map_err(|_| PhoneError::BadArguments)?),
});

/// A date on the wall, without a place.
type LocalDate = NaiveDate;
/// A time of day on the wall, without a date.
type TimeOfDay = NaiveTime;
/// The address of a host, without a port.
type HostAddress = IpAddr;
/// The address of a host and a port.
type HostAndPort = SocketAddr;
/// A file or a folder.
type FilePath = PathBuf;
/// A day of the week.
type DayOfWeek = Weekday;

/// Lets types of others cross in the text that they are read from.
macro_rules! cross_as_texts {
    ($($name:ident),*) => {
        $(uniffi::custom_type!($name, String, {
            remote,
            lower: |value| value.to_string(),
            try_lift: |text| Ok(text.parse::<$name>().map_err(|_| PhoneError::BadArguments)?),
        });)*
    };
}

cross_as_texts!(LocalDate, TimeOfDay, HostAddress, HostAndPort);

uniffi::custom_type!(FilePath, String, {
    remote,
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});

// From 1 for Monday.
uniffi::custom_type!(DayOfWeek, u8, {
    remote,
    lower: |day| day.num_days_from_monday() as u8 + 1,
    try_lift: |number| Ok(Weekday::try_from(number.wrapping_sub(1)).map_err(|_| PhoneError::BadArguments)?),
});

unsafe impl LiftRef<UniFfiTag> for Path {
    type LiftType = PathBuf;
}
