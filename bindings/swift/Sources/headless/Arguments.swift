import Attune

/// The arguments of an operation. Each is taken by name and type; what is left over makes no sense.
final class Arguments {
    private var left: [String: Json]

    init(_ arguments: [String: Json]) {
        left = arguments
    }

    /// All arguments were taken. To be called before anything is done.
    func done() throws {
        if let key = left.keys.first { throw Fault.bad("no argument is called \"\(key)\"") }
    }

    /// An argument as it stands; absent and null are the same.
    func maybe(_ key: String) -> Json? {
        let value = left.removeValue(forKey: key)
        return value == .null ? nil : value
    }

    /// An argument of any shape, null among them.
    func value(_ key: String) throws -> Json { try there(left.removeValue(forKey: key), key) }

    func text(_ key: String) throws -> String { try there(try maybeText(key), key) }

    func maybeText(_ key: String) throws -> String? {
        guard let value = maybe(key) else { return nil }
        guard let text = value.asText else { throw Fault.bad("\"\(key)\" is no text") }
        return text
    }

    func flag(_ key: String) throws -> Bool {
        switch maybe(key) {
        case nil: return false
        case .bool(let flag): return flag
        default: throw Fault.bad("\"\(key)\" is neither true nor false")
        }
    }

    private func anyWhole(_ key: String) throws -> Int64 {
        guard let whole = try value(key).asWhole else { throw Fault.bad("\"\(key)\" is no whole number") }
        return whole
    }

    /// A whole number; one that is too large or too small comes as the largest or the smallest, for the phone to find
    /// out of its range.
    func whole(_ key: String) throws -> UInt32 { UInt32(clamping: try anyWhole(key)) }

    /// The same, where the phone's own type is smaller.
    func smallWhole(_ key: String) throws -> UInt8 { UInt8(clamping: try anyWhole(key)) }

    /// Any whole number from 0 on.
    func number(_ key: String) throws -> UInt64 {
        switch try value(key) {
        case .int(let number) where number >= 0: return UInt64(number)
        case .uint(let number): return number
        default: throw Fault.bad("\"\(key)\" is no whole number from 0 on")
        }
    }

    func time(_ key: String) throws -> LocalTime { try there(try maybeTime(key), key) }

    func maybeTime(_ key: String) throws -> LocalTime? {
        guard let text = try maybeText(key) else { return nil }
        guard let time = try? LocalTime(rfc3339: text) else {
            throw Fault.bad("\"\(key)\" is no time with an offset")
        }
        return time
    }

    func date(_ key: String) throws -> LocalDate { try there(try maybeDate(key), key) }

    func maybeDate(_ key: String) throws -> LocalDate? {
        guard let text = try maybeText(key) else { return nil }
        guard let date = try? LocalDate(text) else { throw Fault.bad("\"\(key)\" is no date") }
        return date
    }

    /// An id. A text that was never given out as one is no bad argument: it is the id of nothing.
    func id(_ key: String) throws -> EntryId { idOf(try text(key)) }

    func maybeId(_ key: String) throws -> EntryId? { try maybeText(key).map(idOf) }

    func ids(_ key: String) throws -> [EntryId] {
        try texts(try value(key), "\"\(key)\" is no list of ids").map(idOf)
    }

    /// An id, and nothing else.
    func onlyId() throws -> EntryId {
        let id = try id("id")
        try done()
        return id
    }

    /// A place on a scale from 0 to 10; what is off it comes as something that is.
    func scale(_ key: String) throws -> UInt8 { UInt8(exactly: try anyWhole(key)) ?? .max }

    func maybeScale(_ key: String) throws -> UInt8? { try unlessNull(key, scale) }

    /// A length in seconds; what no phone can hold comes as what none allows.
    func maybeSeconds(_ key: String) throws -> UInt32? {
        try unlessNull(key) { UInt32(exactly: try anyWhole($0)) ?? .max }
    }

    /// Arguments within an argument.
    func inner(_ key: String) throws -> Arguments {
        guard let fields = try value(key).asObject else { throw Fault.bad("\"\(key)\" is no object") }
        return Arguments(fields)
    }

    /// One of the words that `Word` knows.
    func word<Word: CaseIterable>(_ key: String) throws -> Word { try there(try maybeWord(key), key) }

    /// One of them, or none.
    func maybeWord<Word: CaseIterable>(_ key: String) throws -> Word? {
        guard let text = try maybeText(key) else { return nil }
        guard let known: Word = wordRead(text) else {
            throw Fault.bad("\"\(key)\" is none of the words that it may be")
        }
        return known
    }

    /// Some of them.
    func maybeWords<Word: CaseIterable & Hashable>(_ key: String) throws -> Set<Word>? {
        guard let value = maybe(key) else { return nil }
        let problem = "\"\(key)\" is no list of words that it may hold"
        return Set(
            try texts(value, problem).map { text in
                guard let known: Word = wordRead(text) else { throw Fault.bad(problem) }
                return known
            })
    }

    /// A value without fractions.
    func together(_ key: String) throws -> TogetherValue { try TogetherValue(try value(key)) }

    /// Where to find a phone: `host` in figures, and `port`.
    func address() throws -> HostAndPort {
        let (host, port) = (try text("host"), try number("port"))
        guard port <= UInt64(UInt16.max) else { throw Fault.bad("\"port\" is no port") }
        let figures = host.contains(":") ? "0123456789abcdefABCDEF:." : "0123456789."
        guard !host.isEmpty, host.allSatisfy(figures.contains) else { throw Fault.bad("\"host\" is no address") }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// What may be left out, but not be null.
    func unlessLeftOut<Value>(_ key: String, _ take: (String) throws -> Value) throws -> Value? {
        guard let value = left[key] else { return nil }
        if value == .null { throw Fault.bad("\"\(key)\" is null") }
        return try take(key)
    }

    /// A list of texts, which may be left out.
    func texts(_ key: String) throws -> [String] {
        try unlessLeftOut(key) { try texts(try value($0), "\"\($0)\" is no list of texts") } ?? []
    }

    private func texts(_ value: Json, _ problem: String) throws -> [String] {
        guard let list = value.asList else { throw Fault.bad(problem) }
        return try list.map { text in
            guard let text = text.asText else { throw Fault.bad(problem) }
            return text
        }
    }

    private func unlessNull<Value>(_ key: String, _ take: (String) throws -> Value) throws -> Value? {
        if left[key] == nil || left[key] == .null {
            left.removeValue(forKey: key)
            return nil
        }
        return try take(key)
    }

    private func there<Value>(_ value: Value?, _ key: String) throws -> Value {
        guard let value else { throw Fault.bad("\"\(key)\" is missing") }
        return value
    }
}

/// The id that this text is, or that of nothing: no entry has the first of all ids.
func idOf(_ text: String) -> EntryId {
    let digits = "0123456789abcdefghijklmnopqrstuv"
    // 16 bytes in 26 digits of 5 bits: the last two bits are none of theirs.
    let isId = text.utf8.count == 26 && text.lowercased().allSatisfy(digits.contains)
    return EntryId(isId && "048cgkos".contains(text.lowercased().suffix(1)) ? text : String(repeating: "0", count: 26))
}

private func wordRead<Word: CaseIterable>(_ text: String) -> Word? {
    Word.allCases.first { wordOf($0) == text }
}
