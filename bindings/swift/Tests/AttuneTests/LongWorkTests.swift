import Attune
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct LongWorkTests {
    @Test func aBackupIsMadeAndRestored() async throws {
        let owner = try Owner(1)
        try owner.worry("the trip")
        let (path, folder) = (owner.folder.appendingPathComponent("backup"), owner.folder.appendingPathComponent("new"))
        let work = Work()
        try await owner.phone.awaitBackUp(to: path, passphrase: "a passphrase", work: work)
        #expect(work.entriesDone() == 1)
        let restored = try await Phone.awaitRestore(
            from: path, passphrase: "a passphrase", folder: folder, key: Owner.key)
        #expect(try restored.journal().items(filter: EntryFilter()).count == 1)
        try restored.close()
    }

    @Test func aCancelledTaskStopsTheWorkAndLeavesNoFile() async throws {
        let owner = try Owner(1)
        let path = owner.folder.appendingPathComponent("backup")
        let work = Work()
        work.cancel()
        await #expect(throws: PhoneError.Cancelled) {
            try await owner.phone.awaitBackUp(to: path, passphrase: "a passphrase", work: work)
        }
        let task = Task { try await owner.phone.awaitBackUp(to: path, passphrase: "a passphrase") }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(!FileManager.default.fileExists(atPath: path.path))
    }

    @Test func aCancelledPairingIsOver() async throws {
        let (owner, other) = (try Owner(1), try Owner(2))
        let partner = owner.phone.partner()
        let offer = try partner.offer(on: Owner.here, candidates: [Owner.here])
        let waiting = Task { try await partner.awaitPairingNumber() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(throws: PhoneError.self, "nobody joins any more") {
            try other.phone.partner().join(offer: offer.qr, addresses: [])
        }
        _ = try partner.offer(on: Owner.here, candidates: [Owner.here])
    }

    /// Cancelled at several moments: also while it dials, when there is no meeting yet that could be ended. One that comes
    /// too late may find a meeting that is well.
    @Test func aCancelledMeetingEndsAndTheNextOneIsWell() async throws {
        let (one, other) = try paired()
        let (a, b) = (one.phone.partner(), other.phone.partner())
        for yields in 0..<20 {
            let port = try a.listen(on: Owner.here)
            let meeting = Task { try await b.awaitMeeting(at: ["\(Owner.here):\(port)"]) }
            for _ in 0..<yields { await Task.yield() }
            meeting.cancel()
            if case .failure(let error) = await meeting.result { #expect(error is CancellationError) }
            try b.end()
            try a.end()
        }
        try meet(a, b)
    }
}
