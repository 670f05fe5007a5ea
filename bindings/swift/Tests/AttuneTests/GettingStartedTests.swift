// Comments stand in a column, as in the README.
// swift-format-ignore-file
import Attune
import Foundation
import Testing

/// What an app has of its own: a screen, and a way to find phones nearby.
protocol App: Sendable {
    func show(_ text: String)
    func announce(_ port: UInt16)
    func found() async -> [HostAndPort]
}

// begin: the README's snippet
extension App {
    func alone(folder: URL, key: Data) async throws -> Phone {
        let phone = try Phone.open(folder: folder, key: key)    // 32 bytes, kept in the Keychain
        _ = try phone.journal().log(body: .worry(Worry(text: "the trip")), share: false)
        let items = phone.watch { try $0.journal().items(filter: EntryFilter(limit: 20)) }
        for try await items in items {                          // a stream: now, and whenever it differs
            show("\(items.count) written")
            break
        }
        return phone
    }

    func together(_ phone: Phone, scanned: String?, wifi: HostAddress) async {
        do {
            let partner = phone.partner()
            if let scanned { try partner.join(offer: scanned, addresses: []) }
            else { show(try partner.offer(on: wifi, candidates: [wifi]).qr) }
            show(try await partner.awaitPairingNumber())        // both compare it, and say yes
            try await partner.awaitPairingConfirmed()
            if scanned == nil {                                 // from then on one listens, and one dials
                announce(try partner.listen(on: wifi))
                let met = phone.watch { try $0.partner().status() }.filter { $0.state == .met }
                for try await status in met { return show(status.text) }
            } else {
                show("\(try await partner.awaitMeeting(at: found()).received) entries came")
            }
        } catch {
            show(error.localizedDescription)                    // every failure has words for a person
        }
    }
}
// end

@Suite(.timeLimit(.minutes(2))) struct GettingStartedTests {
    /// Both apps, in one room.
    private final class Shown: App {
        let texts = AsyncStream.makeStream(of: String.self)
        let offers = AsyncStream.makeStream(of: String.self)
        private let ports: (stream: AsyncStream<UInt16>, continuation: AsyncStream<UInt16>.Continuation)

        init(_ ports: (stream: AsyncStream<UInt16>, continuation: AsyncStream<UInt16>.Continuation)) {
            self.ports = ports
        }

        func show(_ text: String) {
            (text.count > 100 ? offers : texts).continuation.yield(text)
        }

        func announce(_ port: UInt16) {
            ports.continuation.yield(port)
        }

        func found() async -> [HostAndPort] {
            for await port in ports.stream { return ["\(Owner.here):\(port)"] }
            return []
        }
    }

    @Test func twoPeopleGetStarted() async throws {
        let (one, other) = (try Owner(1), try Owner(2))
        let ports = AsyncStream.makeStream(of: UInt16.self)
        let (ada, ben) = (Shown(ports), Shown(ports))
        let adas = try await ada.alone(folder: one.folder.appendingPathComponent("ada"), key: Owner.key)
        let bens = try await ben.alone(folder: other.folder.appendingPathComponent("ben"), key: Owner.key)
        async let first: Void = ada.together(adas, scanned: nil, wifi: Owner.here)
        var offers = ada.offers.stream.makeAsyncIterator()
        await ben.together(bens, scanned: await offers.next(), wifi: Owner.here)
        await first
        var (shown, elsewhere) = (ada.texts.stream.makeAsyncIterator(), ben.texts.stream.makeAsyncIterator())
        #expect(await shown.next() == "1 written")
        #expect(await elsewhere.next() == "1 written")
        let number = await shown.next()
        #expect(await elsewhere.next() == number)
        #expect(await elsewhere.next() == "0 entries came")
        #expect(await shown.next() == (try adas.partner().status().text))
        try adas.close()
        try bens.close()
    }
}
