/// Reads the digits and marks of a date and a time.
struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    mutating func date() throws(MalformedTime) -> (year: Int, month: Int, day: Int) {
        let year = try number(4)
        try skip("-")
        let month = try number(2)
        try skip("-")
        return (year, month, try number(2))
    }

    mutating func clock() throws(MalformedTime) -> (hour: Int, minute: Int, second: Int) {
        let hour = try number(2)
        try skip(":")
        let minute = try number(2)
        try skip(":")
        return (hour, minute, try number(2))
    }

    /// The fraction of a second, where there is one.
    mutating func milliseconds() throws(MalformedTime) -> Int {
        guard rest.first == UInt8(ascii: ".") else { return 0 }
        rest = rest.dropFirst()
        var (milliseconds, worth, digits) = (0, 100, 0)
        while let digit = digit() {
            milliseconds += digit * worth
            worth /= 10
            digits += 1
        }
        guard digits > 0 else { throw MalformedTime() }
        return milliseconds
    }

    /// `Z`, or hours and minutes east of UTC; in minutes.
    mutating func offset() throws(MalformedTime) -> Int {
        let mark = rest.first
        rest = rest.dropFirst()
        switch mark {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): return 0
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let hours = try number(2)
            try skip(":")
            let minutes = hours * 60 + (try number(2))
            return mark == UInt8(ascii: "-") ? -minutes : minutes
        default: throw MalformedTime()
        }
    }

    mutating func skip(_ mark: Unicode.Scalar, or other: Unicode.Scalar? = nil) throws(MalformedTime) {
        guard let first = rest.first, first == UInt8(ascii: mark) || other.map({ first == UInt8(ascii: $0) }) == true
        else { throw MalformedTime() }
        rest = rest.dropFirst()
    }

    func end() throws(MalformedTime) {
        guard rest.isEmpty else { throw MalformedTime() }
    }

    private mutating func number(_ digits: Int) throws(MalformedTime) -> Int {
        var number = 0
        for _ in 0..<digits {
            guard let digit = digit() else { throw MalformedTime() }
            number = number * 10 + digit
        }
        return number
    }

    private mutating func digit() -> Int? {
        guard let first = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        rest = rest.dropFirst()
        return Int(first - UInt8(ascii: "0"))
    }
}
