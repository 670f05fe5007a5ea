/// A date on the wall, without a place.
public struct LocalDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    /// From 1 for January.
    public let month: Int
    /// From 1.
    public let day: Int

    /// Fails for a date that no calendar has.
    public init(year: Int, month: Int, day: Int) throws(MalformedTime) {
        guard (1...12).contains(month), (1...CivilDate.daysIn(month: month, of: year)).contains(day) else {
            throw MalformedTime()
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Every count of days is one of a date.
    init(daysSince1970 days: Int) {
        (year, month, day) = CivilDate.of(daysSince1970: days)
    }

    /// Reads `2026-03-02`.
    public init(_ text: String) throws(MalformedTime) {
        var reader = DigitReader(text)
        let (year, month, day) = try reader.date()
        try reader.end()
        try self.init(year: year, month: month, day: day)
    }

    /// `2026-03-02`.
    public var text: String {
        (year < 0 ? "-" : "") + padded(abs(year), 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
    }

    public var description: String { text }

    public static func < (one: LocalDate, other: LocalDate) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }
}
