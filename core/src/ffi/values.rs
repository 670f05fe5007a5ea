//! Values that have a form of their own in each language: ids, times, dates, addresses, folders, keys.
//!
//! Times and days of the week cross as numbers, all others as texts or bytes, and they are checked on the way in: what is
//! no id is an id of nothing (`UnknownId`), anything else that cannot be read is a bad argument. What Kotlin and Swift make of them is said in
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

// Milliseconds since 1970 in the upper 52 bits, minutes east of UTC and 2,048 in the lower 12: a page of entries holds
// hundreds of times, and a number is read without allocating.
uniffi::custom_type!(LocalTime, i64, {
    lower: |time| (time.unix_ms() << 12) + i64::from(time.offset_min()) + 2048,
    try_lift: |packed| {
        let offset_min = i16::try_from((packed & 0xFFF) - 2048).map_err(|_| PhoneError::BadArguments)?;
        Ok(LocalTime::new(packed >> 12, offset_min).map_err(|_| PhoneError::BadArguments)?)
    },
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
