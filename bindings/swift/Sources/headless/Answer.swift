import Attune

/// Why an operation was not done; nothing was changed.
struct Fault: Error {
    /// "refused" where a practice rule said no, and "error" else.
    let said: String
    let code: String
    let text: String

    /// Arguments that make no sense.
    static func bad(_ text: String) -> Fault { error("BadArguments", text) }

    static func error(_ code: String, _ text: String) -> Fault { Fault(said: "error", code: code, text: text) }

    /// The codes of the protocol are the names of the core's variants.
    init(_ failed: PhoneError) {
        let text = failed.text(language: .english)
        if case .Refused(let refusal) = failed {
            self.init(said: "refused", code: codeOf(refusal), text: text)
        } else {
            self.init(said: "error", code: "\(failed)", text: text)
        }
    }

    init(said: String, code: String, text: String) {
        (self.said, self.code, self.text) = (said, code, text)
    }
}

/// A value as it reads in the protocol.
protocol Told { var json: Json { get } }

extension Json: Told { var json: Json { self } }
extension Bool: Told { var json: Json { .bool(self) } }
extension String: Told { var json: Json { .text(self) } }
extension Double: Told { var json: Json { .double(self) } }
extension Int: Told { var json: Json { .int(Int64(self)) } }
extension UInt8: Told { var json: Json { .int(Int64(self)) } }
extension UInt16: Told { var json: Json { .int(Int64(self)) } }
extension UInt32: Told { var json: Json { .int(Int64(self)) } }
extension UInt64: Told { var json: Json { .uint(self) } }
extension EntryId: Told { var json: Json { .text(text) } }
extension LocalTime: Told { var json: Json { .text(rfc3339) } }
extension LocalDate: Told { var json: Json { .text(text) } }
extension Array: Told where Element: Told { var json: Json { .list(map(\.json)) } }
extension Dictionary: Told where Key == String, Value: Told { var json: Json { .object(mapValues(\.json)) } }
extension Optional: Told where Wrapped: Told { var json: Json { self?.json ?? .null } }

extension TogetherValue: Told {
    var json: Json {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .int(let number): .int(number)
        case .text(let text): .text(text)
        case .list(let list): list.json
        case .map(let fields): fields.json
        }
    }

    /// Fails for numbers that are not whole, or too large.
    init(_ json: Json) throws {
        switch json {
        case .null: self = .null
        case .bool(let bool): self = .bool(bool)
        case .int(let number): self = .int(number)
        case .text(let text): self = .text(text)
        case .list(let list): self = .list(try list.map(TogetherValue.init))
        case .object(let fields): self = .map(try fields.mapValues(TogetherValue.init))
        case .uint, .double: throw Fault.bad("\"value\" holds a number that is not whole, or too large")
        }
    }
}

typealias Fields = KeyValuePairs<String, any Told>

/// An object of these values.
func object(_ fields: Fields) -> Json {
    .object(Dictionary(uniqueKeysWithValues: fields.map { ($0.key, $0.value.json) }))
}

/// The result of what has none.
let done = Json.object([:])

/// The result of what has made an entry.
func made(_ id: EntryId) -> Json { object(["id": id]) }

/// The words of the protocol are the names of the core's cases, in snake case.
func wordOf(_ named: some CaseIterable) -> String {
    "\(named)".reduce(into: "") { word, letter in
        word += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
}

/// Its codes are the same names with a capital.
func codeOf(_ named: some CaseIterable) -> String {
    let name = "\(named)"
    return name.prefix(1).uppercased() + name.dropFirst()
}
