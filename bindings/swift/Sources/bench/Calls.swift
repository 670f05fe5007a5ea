import Attune
import Foundation

let key = Data(repeating: 7, count: 32)
let worry = Body.worry(Worry(text: String(repeating: "a worry of some length ", count: 10)))

/// What a call costs.
func calls(in folder: URL) throws {
    let phone = try Phone.open(folder: folder, key: key)
    let journal = phone.journal()
    let write: () throws -> Void = { _ = try journal.log(body: worry, share: false) }
    _ = try median(of: 300, write)
    say("log an entry", try median(of: 1000, write), "µs")
    say("a page of 100 entries", try median(of: 200) { _ = try journal.items(filter: EntryFilter(limit: 100)) }, "µs")

    let told = Told()
    let observation = try phone.observe(observer: told)
    told.signal.wait()
    var late: [Double] = []
    for _ in 0..<200 {
        try write()
        late.append(median(of: 1) { told.signal.wait() })
    }
    say("a change reaches an observer", late.sorted()[late.count / 2], "µs")
    observation.end()

    let empty = Work()
    say("an empty call", median(of: 20_000) { _ = empty.entriesDone() }, "µs")
    try phone.close()
}

/// Tells when it was called.
final class Told: Observer {
    let signal = DispatchSemaphore(value: 0)

    func changed(changes: [Change]) throws { signal.signal() }
}

/// The median of so many times, in microseconds.
private func median(of times: Int, _ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var samples: [Double] = []
    for _ in 0..<times {
        let took = try clock.measure(work).components
        samples.append(Double(took.seconds) * 1e6 + Double(took.attoseconds) / 1e12)
    }
    return samples.sorted()[times / 2]
}
