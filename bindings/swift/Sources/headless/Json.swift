import Foundation

/// A value of JSON. Numbers are whole where they can be.
enum Json: Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case text(String)
    case list([Json])
    case object([String: Json])
}

extension Json: Codable {
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Int64.self) {
            self = .int(number)
        } else if let number = try? value.decode(UInt64.self) {
            self = .uint(number)
        } else if let number = try? value.decode(Double.self) {
            self = .double(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Json].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: Json].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .int(let number): try value.encode(number)
        case .uint(let number): try value.encode(number)
        case .double(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let fields): try value.encode(fields)
        }
    }

    /// Reads a text; `nil` where it is no JSON.
    static func read(_ text: String) -> Json? {
        try? JSONDecoder().decode(Json.self, from: Data(text.utf8))
    }

    /// In one line.
    var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(self)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    var asText: String? { if case .text(let text) = self { text } else { nil } }
    var asObject: [String: Json]? { if case .object(let fields) = self { fields } else { nil } }
    var asList: [Json]? { if case .list(let list) = self { list } else { nil } }

    /// A whole number, held within what 64 bits with a sign hold.
    var asWhole: Int64? {
        switch self {
        case .int(let number): number
        case .uint: .max
        default: nil
        }
    }
}
