import Attune
import Foundation
import Testing

/// A pipe into the other phone, as an app would make it; `send` may be told to do something else.
private final class Across: BytePipe, @unchecked Sendable {
    private let ready = NSCondition()
    private var input: PipeInput?
    private let lie: @Sendable (Data) throws -> Data
    private var hungUp = false

    init(_ lie: @escaping @Sendable (Data) throws -> Data = { $0 }) {
        self.lie = lie
    }

    func leads(to other: PipeInput) {
        ready.withLock {
            input = other
            ready.broadcast()
        }
    }

    func send(bytes: Data) throws {
        let told = try lie(bytes)
        do { try other().push(bytes: told) } catch is PushError { throw PipeError.Lost }
    }

    func close() throws {
        ready.withLock { hungUp = true }
        try other().closed()
    }

    var isHungUp: Bool { ready.withLock { hungUp } }

    private func other() throws -> PipeInput {
        ready.lock()
        defer { ready.unlock() }
        while true {
            if let input { return input }
            ready.wait()
        }
    }
}

/// A pipe that leads nowhere.
private final class Swallowing: BytePipe {
    func send(bytes: Data) {}
    func close() {}
}

private func across(
    _ to: Across, _ from: Across, dials: (any BytePipe) throws -> PipeInput, answers: (any BytePipe) throws -> PipeInput
) throws {
    let intoDialling = try dials(to)
    let intoAnswering = try answers(from)
    to.leads(to: intoAnswering)
    from.leads(to: intoDialling)
}

@Suite(.timeLimit(.minutes(3))) struct PipeTests {
    @Test func twoPhonesPairAndCatchUpOverPipes() throws {
        let (one, other) = (try Owner(1), try Owner(2))
        let (a, b) = (one.phone.partner(), other.phone.partner())
        let code = try a.offer(on: Owner.here, candidates: [Owner.here]).code
        try across(Across(), Across(), dials: { try b.joinOver(offer: code, pipe: $0) }, answers: a.answerPipe)
        #expect(try a.pairingNumber() == b.pairingNumber())
        try a.confirmPairing()
        try b.confirmPairing()
        try across(Across(), Across(), dials: b.meetOver, answers: a.answerPipe)
        try b.awaitAnswer()
        try one.worry("seen on both", share: true)
        #expect(try a.settle().sent == 1)
        #expect(try b.settle().received == 1)
        #expect(try other.phone.journal().sharedWithMe().map(\.kind) == ["worry"])
        try a.end()
        try b.end()
    }

    @Test func aPipeThatThrowsEndsItsConnectionAndNothingElse() throws {
        let (one, other) = try paired()
        let (a, b) = (one.phone.partner(), other.phone.partner())
        let throwing = Across { _ in throw CocoaError(.featureUnsupported) }
        try across(throwing, Across(), dials: b.meetOver, answers: a.answerPipe)
        #expect(throws: PhoneError.self) { try b.awaitAnswer() }
        try meet(a, b)
    }

    @Test(arguments: [0, 1, 2]) func aPipeThatLiesAboutLengthsEndsItsConnectionAndNothingElse(lie: Int) throws {
        let (one, other) = try paired()
        let (a, b) = (one.phone.partner(), other.phone.partner())
        let lying = Across { bytes in Data((0..<lie).flatMap { _ in bytes }.prefix(lie == 1 ? bytes.count / 2 : .max)) }
        // Nobody hangs up here: where bytes are missing, the phone that answers gives up waiting for them.
        try across(lying, Across(), dials: b.meetOver, answers: a.answerPipe)
        #expect(throws: PhoneError.self) { try b.awaitAnswer() }
        try meet(a, b)
    }

    @Test func aPipeThatBlocksIsGivenUpWhenTheMeetingIsCancelled() throws {
        let (one, other) = try paired()
        let (a, b) = (one.phone.partner(), other.phone.partner())
        let (entered, freed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let blocking = Across { bytes in
            entered.signal()
            freed.wait()
            throw PipeError.Lost
        }
        let input = try b.meetOver(pipe: blocking)
        entered.wait()
        try b.end()
        #expect(throws: PhoneError.self) { try b.awaitAnswer() }
        freed.signal()
        input.closed()
        try meet(a, b)
    }

    @Test func aPipeThatSwallowsEverythingIsLeftWhenItsAppHangsUp() throws {
        let (one, other) = try paired()
        let (a, b) = (one.phone.partner(), other.phone.partner())
        let input = try b.meetOver(pipe: Swallowing())
        input.closed()
        #expect(throws: PhoneError.self) { try b.awaitAnswer() }
        try meet(a, b)
    }

    @Test func whatIsPushedAfterTheEndIsRefused() throws {
        let (_, other) = try paired()
        let partner = other.phone.partner()
        let pipe = Across()
        let input = try partner.meetOver(pipe: pipe)
        pipe.leads(to: input)
        try partner.end()
        #expect(throws: PushError.Gone) { while true { try input.push(bytes: Data(count: 10)) } }
    }

    @Test func aPhoneWithoutAPartnerAnswersNoPipe() throws {
        let owner = try Owner(1)
        #expect(throws: PhoneError.NotPaired) { try owner.phone.partner().meetOver(pipe: Across()) }
        #expect(throws: PhoneError.NotPaired) { try owner.phone.partner().answerPipe(pipe: Across()) }
    }
}
