import Attune
import Foundation

// What a call costs in Swift, as lines of JSON: `cargo bench -p attune-tests -- languages` sets them beside the same calls
// in Rust. The argument is an empty folder for the phone.

guard CommandLine.arguments.count == 2 else { fatalError("usage: bench-phone FOLDER") }
let folder = URL(fileURLWithPath: CommandLine.arguments[1])
let phone = try Phone.open(folder: folder, key: Data(repeating: 7, count: 32))
let journal = phone.journal()

/// The median of so many times, in microseconds.
func median(of times: Int, _ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var samples: [Double] = []
    for _ in 0..<times {
        let took = try clock.measure(work).components
        samples.append(Double(took.seconds) * 1e6 + Double(took.attoseconds) / 1e12)
    }
    return samples.sorted()[times / 2]
}

func say(_ name: String, _ microseconds: Double) {
    print("{\"name\":\"\(name)\",\"value\":\(microseconds),\"unit\":\"µs\"}")
}

let body = Body.worry(Worry(text: String(repeating: "a worry of some length ", count: 10)))
let write: () throws -> Void = { _ = try journal.log(body: body, share: false) }
_ = try median(of: 300, write)
say("log an entry", try median(of: 1000, write))
say("a page of 100 entries", try median(of: 200) { _ = try journal.items(filter: EntryFilter(limit: 100)) })

/// Tells when it was called.
final class Told: Observer {
    let signal = DispatchSemaphore(value: 0)

    func changed(changes: [Change]) throws { signal.signal() }
}
let told = Told()
let observation = try phone.observe(observer: told)
told.signal.wait()
var late: [Double] = []
for _ in 0..<200 {
    try write()
    late.append(median(of: 1) { told.signal.wait() })
}
say("a change reaches an observer", late.sorted()[late.count / 2])
observation.end()
let empty = Work()
say("an empty call", median(of: 20_000) { _ = empty.entriesDone() })
try phone.close()
