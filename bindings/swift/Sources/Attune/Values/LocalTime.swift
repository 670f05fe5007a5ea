import Foundation

/// An instant as its author saw it: with the offset from UTC that was in force there and then. Milliseconds; two times
/// are equal where both are.
public struct LocalTime: Hashable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970 (UTC).
    public let unixMilliseconds: Int64
    /// Minutes east of UTC.
    public let offsetMinutes: Int

    /// Every phone refuses a time outside the years 0 to 9999, or more than 18 hours off, as a bad argument; what is far
    /// beyond that is held where it still is refused.
    public init(unixMilliseconds: Int64, offsetMinutes: Int) {
        self.unixMilliseconds = min(max(unixMilliseconds, -1_000_000_000_000_000), 1_000_000_000_000_000)
        self.offsetMinutes = min(max(offsetMinutes, -2048), 2047)
    }

    /// A date in a time zone: the phone's own where none is named.
    public init(_ date: Date, in zone: TimeZone = .current) {
        let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
        self.init(unixMilliseconds: milliseconds, offsetMinutes: zone.secondsFromGMT(for: date) / 60)
    }

    /// The instant, without the place.
    public var date: Date { Date(timeIntervalSince1970: Double(unixMilliseconds) / 1000) }

    /// The date on the wall where it was noted.
    public var localDate: LocalDate {
        LocalDate(daysSince1970: localMilliseconds.dividing(by: 86_400_000))
    }

    /// Reads RFC 3339 with an offset, such as `2026-03-02T08:00:00+01:00`. Digits beyond milliseconds are dropped.
    public init(rfc3339 text: String) throws(MalformedTime) {
        var reader = DigitReader(text)
        let (year, month, day) = try reader.date()
        try reader.skip("T", or: "t")
        let (hour, minute, second) = try reader.clock()
        let fraction = try reader.milliseconds()
        let offset = try reader.offset()
        try reader.end()
        let date = try LocalDate(year: year, month: month, day: day)
        guard hour < 24, minute < 60, second < 61, abs(offset) <= 1080 else { throw MalformedTime() }
        let days = CivilDate.daysSince1970(year: date.year, month: date.month, day: date.day)
        let seconds = Int64(days * 86_400 + hour * 3600 + minute * 60 + second - offset * 60)
        self.init(unixMilliseconds: seconds * 1000 + Int64(fraction), offsetMinutes: offset)
    }

    /// RFC 3339 with the offset; fractions of a second only where there are some.
    public var rfc3339: String {
        let local = localMilliseconds
        let (year, month, day) = CivilDate.of(daysSince1970: local.dividing(by: 86_400_000))
        let ofDay = Int(local - Int64(local.dividing(by: 86_400_000)) * 86_400_000)
        let date = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
        let (seconds, fraction) = (ofDay / 1000, ofDay % 1000)
        let clock = padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
        let offset = padded(abs(offsetMinutes) / 60, 2) + ":" + padded(abs(offsetMinutes) % 60, 2)
        return date + "T" + clock + (fraction == 0 ? "" : "." + padded(fraction, 3))
            + (offsetMinutes < 0 ? "-" : "+") + offset
    }

    public var description: String { rfc3339 }

    /// As it crosses: milliseconds in the upper 52 bits, minutes and 2,048 in the lower 12.
    init(packed: Int64) {
        self.init(unixMilliseconds: packed >> 12, offsetMinutes: Int(packed & 0xFFF) - 2048)
    }

    var packed: Int64 { (unixMilliseconds << 12) + Int64(offsetMinutes) + 2048 }

    private var localMilliseconds: Int64 { unixMilliseconds + Int64(offsetMinutes) * 60_000 }
}

/// Not a time, or not a date.
public struct MalformedTime: Error, Hashable, Sendable {
    public init() {}
}

extension Int64 {
    /// Rounded towards the past.
    fileprivate func dividing(by divisor: Int64) -> Int {
        Int(self >= 0 ? self / divisor : (self - divisor + 1) / divisor)
    }
}
