/// The id of an entry. One author's ids sort in the order of writing.
public struct EntryId: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The id as text, for keeping it elsewhere.
    public let text: String

    /// An id from its text. A text that was never given out as an id is the id of nothing.
    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }

    public static func < (one: EntryId, other: EntryId) -> Bool { one.text < other.text }
}
