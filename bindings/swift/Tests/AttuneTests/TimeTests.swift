import Attune
import Foundation
import Testing

@Suite struct TimeTests {
    @Test(arguments: [
        "2026-03-02T08:00:00+01:00", "2024-02-29T23:59:59.250-05:30", "1969-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+00:00", "9999-12-30T12:00:00+14:00",
    ])
    func aTimeReadsBackAsItWasWritten(text: String) throws {
        #expect(try LocalTime(rfc3339: text).rfc3339 == text)
    }

    @Test(arguments: [
        "2026-02-30T08:00:00Z", "2026-03-02 08:00:00Z", "2026-03-02T08:00:00", "", "2026-03-02T25:00:00Z",
    ])
    func whatIsNoTimeIsRefused(text: String) {
        #expect(throws: MalformedTime()) { try LocalTime(rfc3339: text) }
    }

    @Test func theDateIsThatOfThePlace() throws {
        #expect(try LocalTime(rfc3339: "2026-03-28T23:30:00-05:00").localDate.text == "2026-03-28")
        let east = try #require(TimeZone(secondsFromGMT: 3600))
        #expect(LocalTime(Date(timeIntervalSince1970: 0), in: east).rfc3339 == "1970-01-01T01:00:00+01:00")
    }
}
