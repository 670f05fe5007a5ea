import Attune
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct WatchingTests {
    @Test func theCurrentValueComesFirstAndThenEachThatDiffers() async throws {
        let owner = try Owner(1)
        try owner.worry("the trip")
        var values = owner.phone.watch { try $0.journal().items(filter: EntryFilter()).count }.makeAsyncIterator()
        #expect(try await values.next() == 1)
        try owner.worry("the exam")
        #expect(try await values.next() == 2)
        try owner.phone.close()
        #expect(try await values.next() == nil)
    }

    @Test func everythingIsToldFirstAndThenWhatChanged() async throws {
        let owner = try Owner(1)
        var changes = try owner.phone.changes().makeAsyncIterator()
        #expect(await changes.next() == [.kept, .company])
        try owner.worry("the trip")
        #expect(await changes.next() == [.kept])
        try owner.phone.close()
        var last = Set<Change>()
        while let told = await changes.next() { last = told }
        #expect(last.contains(.closed))
        #expect(throws: PhoneError.Closed) { try owner.phone.changes() }
    }

    @Test func anObserverThatBlocksHoldsUpNobodyButItself() async throws {
        let owner = try Owner(1)
        let (entered, freed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let blocked = try owner.phone.observe(
            observer: Calling { _ in
                entered.signal()
                freed.wait()
            })
        waitFor(entered)
        var changes = try owner.phone.changes().makeAsyncIterator()
        _ = await changes.next()
        try owner.worry("the trip")
        #expect(await changes.next() == [.kept])
        blocked.end()
        freed.signal()
    }

    /// Waits, in a function that may.
    private func waitFor(_ semaphore: DispatchSemaphore) { semaphore.wait() }

    @Test func aStreamEndsWithThePhoneWhateverItWatchesFor() async throws {
        let owner = try Owner(1)
        var values = owner.phone.watch(on: [.company]) { _ in 1 }.makeAsyncIterator()
        #expect(try await values.next() == 1)
        try owner.phone.close()
        #expect(try await values.next() == nil)
    }

    @Test func whoStopsIteratingIsToldNoMore() async throws {
        let owner = try Owner(1)
        weak var held: Canary?
        do {
            let canary = Canary()
            held = canary
            for try await _ in owner.phone.watch(read: { _ in canary.number }) { break }
        }
        // The observer is let go of, and with it what it reads by.
        while held != nil { try await Task.sleep(for: .milliseconds(10)) }
        try owner.worry("the trip")
    }

    @Test func whoLetsGoOfTheHandleIsToldNoMore() async throws {
        let owner = try Owner(1)
        weak var held: Calling?
        do {
            let observer = Calling { _ in }
            held = observer
            _ = try owner.phone.observe(observer: observer)
        }
        while held != nil { try await Task.sleep(for: .milliseconds(10)) }
        try owner.worry("the trip")
    }

    @Test func anObserverMayCallThePhoneAndMayFail() async throws {
        let owner = try Owner(1)
        let (calls, tell) = AsyncStream.makeStream(of: Int.self)
        let observer = Calling { changes in
            if try owner.worries().count < 3 { try owner.worry("in a callback") }
            tell.yield(try owner.worries().count)
            throw CocoaError(.featureUnsupported)
        }
        let observation = try owner.phone.observe(observer: observer)
        for await count in calls where count == 3 { break }
        observation.end()
        #expect(try owner.worries().count == 3)
    }

    @Test func aFailingReadEndsTheStreamWithItsError() async throws {
        let owner = try Owner(1)
        let stream = owner.phone.watch { _ -> Int in throw PhoneError.UnknownId }
        await #expect(throws: PhoneError.UnknownId) { for try await _ in stream {} }
    }

    @Test func twoThreadsAtOnceLoseNothing() async throws {
        let owner = try Owner(1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...4 {
                group.addTask { for each in 1...25 { try owner.worry("\(number), \(each)") } }
            }
            try await group.waitForAll()
        }
        #expect(Set(try owner.worries()).count == 100)
    }

    @Test func openingObservingAndClosingAgainAndAgainHoldsOnToNothing() async throws {
        let owner = try Owner(1)
        try owner.phone.close()
        let folder = owner.folder.appendingPathComponent("phone")
        func round(_ number: Int) async throws {
            let phone = try Phone.open(folder: folder, key: Owner.key)
            var values = phone.watch { try $0.journal().items(filter: EntryFilter()).count }.makeAsyncIterator()
            _ = try await values.next()
            _ = try phone.journal().log(body: .worry(Worry(text: "round \(number)")), share: false)
            _ = try await values.next()
            try phone.close()
        }
        for number in 1...5 { try await round(number) }
        let before = held()
        for number in 6...45 { try await round(number) }
        // Threads that have been told to end are ending.
        while held().threads > before.threads + 4 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(held().files <= before.files + 4)
    }

    /// How many threads and open files this process has.
    private func held() -> (threads: Int, files: Int) {
        let count = { (folder: String) in (try? FileManager.default.contentsOfDirectory(atPath: folder).count) ?? 0 }
        return (count("/proc/self/task"), count("/proc/self/fd"))
    }
}

private final class Canary: Sendable {
    let number = 1
}

private final class Calling: Observer {
    private let call: @Sendable ([Change]) throws -> Void

    init(_ call: @escaping @Sendable ([Change]) throws -> Void) {
        self.call = call
    }

    func changed(changes: [Change]) throws { try call(changes) }
}
