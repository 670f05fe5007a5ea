import Attune
import Foundation

/// One person's phone, in a folder of its own that goes with it.
final class Owner: Sendable {
    static let key = Data(repeating: 1, count: 32)
    static let here = "127.0.0.1"

    let folder: URL
    let phone: Phone

    init(_ seed: UInt64, now: String = "2026-03-02T08:00:00+01:00") throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let clock = ManualClock(wall: try LocalTime(rfc3339: now))
        let environment = Environment.forTests(clock: clock, seed: seed, epoch: 0)
        phone = try Phone.open(folder: folder.appendingPathComponent("phone"), key: Self.key, environment: environment)
    }

    deinit {
        try? phone.close()
        try? FileManager.default.removeItem(at: folder)
    }

    @discardableResult
    func worry(_ text: String, share: Bool = false) throws -> EntryId {
        try phone.journal().log(body: .worry(Worry(text: text)), share: share)
    }

    /// Own worries, newest first.
    func worries() throws -> [String] {
        try phone.journal().items(filter: EntryFilter(kind: "worry")).compactMap { item in
            if case .own(.worry(let worry)) = item.content { worry.text } else { nil }
        }
    }
}

/// Two owners whose phones are paired.
func paired() throws -> (Owner, Owner) {
    let (one, other) = (try Owner(1), try Owner(2))
    let (a, b) = (one.phone.partner(), other.phone.partner())
    let offer = try a.offer(on: Owner.here, candidates: [Owner.here])
    try b.join(offer: offer.qr, addresses: [])
    guard try a.pairingNumber() == b.pairingNumber() else { throw PhoneError.BadCode }
    try a.confirmPairing()
    try b.confirmPairing()
    try meet(a, b)
    return (one, other)
}

/// Meets, catches up and parts.
func meet(_ a: Partner, _ b: Partner) throws {
    let port = try a.listen(on: Owner.here)
    try b.dial(addresses: ["\(Owner.here):\(port)"])
    _ = try (a.settle(), b.settle())
    try a.end()
    try b.end()
}
