import Foundation

extension Phone {
    /// What changed, from now on: everything at first, then what a change is about, once it is durable. Ends after
    /// `.closed`, when the phone is closed, and fails with `PhoneError.Closed` where it is so already; who stops iterating is
    /// told no more.
    public func changes() throws -> AsyncStream<Set<Change>> {
        let (changes, telling) = AsyncStream.makeStream(of: Set<Change>.self)
        let observation = try observe(observer: Teller(telling))
        telling.onTermination = { _ in observation.end() }
        return changes
    }

    /// What `read` reads: the current value first, then each that differs, read on a thread of the core once a change is
    /// durable. Who is slow gets the newest value and none of those between. Ends when the phone is closed; who stops
    /// iterating is told no more.
    public func watch<Value: Equatable & Sendable>(
        on changes: Set<Change> = Set(Change.allCases),
        read: @escaping @Sendable (Phone) throws -> Value
    ) -> AsyncThrowingStream<Value, any Error> {
        AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1)) { values in
            do {
                let reader = Reader(phone: self, changes: changes, read: read, values: values)
                let observation = try observe(observer: reader)
                values.onTermination = { _ in observation.end() }
            } catch PhoneError.Closed {
                values.finish()
            } catch {
                values.finish(throwing: error)
            }
        }
    }
}

/// Passes on what changed.
private final class Teller: Observer {
    private let telling: AsyncStream<Set<Change>>.Continuation

    init(_ telling: AsyncStream<Set<Change>>.Continuation) {
        self.telling = telling
    }

    func changed(changes: [Change]) {
        telling.yield(Set(changes))
        if changes.contains(.closed) { telling.finish() }
    }
}

/// Reads anew when something changed. The core calls it from one thread at a time, which is all that touches `last`.
private final class Reader<Value: Equatable & Sendable>: Observer, @unchecked Sendable {
    // Not the phone's owner: an observer that is never let go of must not keep the phone.
    private weak var phone: Phone?
    private let changes: Set<Change>
    private let read: @Sendable (Phone) throws -> Value
    private let values: AsyncThrowingStream<Value, any Error>.Continuation
    private var last: Value?

    init(
        phone: Phone, changes: Set<Change>, read: @escaping @Sendable (Phone) throws -> Value,
        values: AsyncThrowingStream<Value, any Error>.Continuation
    ) {
        (self.phone, self.changes, self.read, self.values) = (phone, changes, read, values)
    }

    func changed(changes: [Change]) throws {
        guard let phone, !changes.contains(.closed) else { return values.finish() }
        guard changes.contains(where: self.changes.contains) else { return }
        do {
            let value = try read(phone)
            if value != last {
                last = value
                values.yield(value)
            }
        } catch PhoneError.Closed {
            values.finish()
        } catch {
            values.finish(throwing: error)
        }
    }
}
