import Foundation

extension Phone {
    /// Writes a backup as `backUp` does, on a thread of its own. Cancelling the task stops the work; then there is no
    /// file. `work` tells how far it is.
    public func awaitBackUp(to path: URL, passphrase: String, work: Work = Work()) async throws {
        try await away(onCancel: work.cancel) { try self.backUpWith(path: path, passphrase: passphrase, work: work) }
    }

    /// Makes a phone of a backup as `restore` does, on a thread of its own. Cancelling the task stops the work; then
    /// there is no phone in the folder, or, where it came too late, one that is closed.
    public static func awaitRestore(
        from path: URL, passphrase: String, folder: URL, key: Data, environment: Environment = .ofThisMachine(),
        work: Work = Work()
    ) async throws -> Phone {
        let phone = try await away(onCancel: work.cancel) {
            try Phone.restore(
                path: path, passphrase: passphrase, folder: folder, key: key, environment: environment, work: work)
        }
        if Task.isCancelled {
            try phone.close()
            throw CancellationError()
        }
        return phone
    }
}

extension Partner {
    /// Meets the partner's phone at one of these addresses and waits until both have caught up; the phones stay
    /// connected. Cancelling the task ends the meeting; what was received until then is kept.
    @discardableResult
    public func awaitMeeting(at addresses: [HostAndPort]) async throws -> Settled {
        // While it dials there is no meeting yet that could be ended: that it was cancelled is noted until there is.
        let cancelled = Cancelled()
        let note: @Sendable () -> Void = { [ending] in
            cancelled.note()
            ending()
        }
        return try await away(onCancel: note) {
            try self.dial(addresses: addresses)
            if cancelled.isNoted {
                try? self.end()
                throw CancellationError()
            }
            return try self.settle()
        }
    }

    /// Waits until both phones have caught up on the connection that they have. Cancelling the task ends the meeting.
    @discardableResult
    public func awaitSettled() async throws -> Settled {
        try await away(onCancel: ending) { try self.settle() }
    }

    /// Waits for the number that both phones show while they pair. Cancelling the task cancels the pairing.
    public func awaitPairingNumber() async throws -> String {
        try await away(onCancel: cancelling) { try self.pairingNumber() }
    }

    /// Says that the numbers are equal. Cancelling the task cancels the pairing.
    public func awaitPairingConfirmed() async throws {
        try await away(onCancel: cancelling) { try self.confirmPairing() }
    }

    // What fails because there is nothing left to end has ended.
    private var ending: @Sendable () -> Void { { try? self.end() } }
    private var cancelling: @Sendable () -> Void { { try? self.cancelPairing() } }
}

/// Whether a task was cancelled, for a thread that is not its own.
private final class Cancelled: @unchecked Sendable {
    private let lock = NSLock()
    private var noted = false

    func note() { lock.withLock { noted = true } }
    var isNoted: Bool { lock.withLock { noted } }
}

/// Does `act`, which blocks, on a thread of its own; `onCancel` is what makes it return early.
private func away<Value: Sendable>(
    onCancel: @escaping @Sendable () -> Void, _ act: @escaping @Sendable () throws -> Value
) async throws -> Value {
    do {
        return try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try act() }) }
            }
        } onCancel: {
            onCancel()
        }
    } catch {
        // What failed because it was cancelled was cancelled.
        try Task.checkCancellation()
        throw error
    }
}
