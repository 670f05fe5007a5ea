import Attune
import Foundation

private let here = "127.0.0.1"

/// A couple goes on for so many rounds; then others begin.
private let roundsOfACouple = 200

/// Rounds of two partners who open their phones, write, are told, meet, and close them. Prints what the process holds at
/// the end beyond what it held after a tenth of the time.
func soak(in folder: URL, for time: Duration) throws {
    let begun = ContinuousClock.now
    var (rounds, first): (Int, Held?) = (0, nil)
    while ContinuousClock.now - begun < time {
        let couple = folder.appendingPathComponent("\(rounds / roundsOfACouple)")
        try round(of: couple, pairing: rounds % roundsOfACouple == 0)
        rounds += 1
        if first == nil && ContinuousClock.now - begun > time / 10 { first = try Held() }
    }
    let after = try Held()
    let before = first ?? after
    say("soak, rounds", Double(rounds), "rounds")
    say("soak, more memory", Double(after.kilobytes - before.kilobytes) / 1024, "MB")
    say("soak, more threads", Double(after.threads - before.threads), "threads")
    say("soak, more files", Double(after.files - before.files), "files")
}

private func round(of couple: URL, pairing: Bool) throws {
    let one = try Phone.open(folder: couple.appendingPathComponent("one"), key: key)
    let other = try Phone.open(folder: couple.appendingPathComponent("other"), key: key)
    let (a, b) = (one.partner(), other.partner())
    if pairing { try pair(a, b) }
    try writeAndBeTold(one)
    try writeAndBeTold(other)
    try meet(a, b)
    try one.close()
    try other.close()
}

private func writeAndBeTold(_ phone: Phone) throws {
    let told = Told()
    let observation = try phone.observe(observer: told)
    let journal = phone.journal()
    _ = try journal.log(body: worry, share: true)
    _ = try journal.items(filter: EntryFilter(limit: 20))
    told.signal.wait()
    observation.end()
}

private func pair(_ a: Partner, _ b: Partner) throws {
    let offer = try a.offer(on: here, candidates: [here])
    try b.join(offer: offer.qr, addresses: [])
    guard try a.pairingNumber() == b.pairingNumber() else { throw PhoneError.BadCode }
    try a.confirmPairing()
    try b.confirmPairing()
    _ = try (a.pairingOutcome(), b.pairingOutcome())
}

private func meet(_ a: Partner, _ b: Partner) throws {
    let port = try a.listen(on: here)
    try b.dial(addresses: ["\(here):\(port)"])
    _ = try (a.settle(), b.settle())
    try a.end()
    try b.end()
}

/// What this process holds on to.
private struct Held {
    let kilobytes: Int
    let threads: Int
    let files: Int

    init() throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        func number(of name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        }
        (kilobytes, threads) = (number(of: "VmRSS"), number(of: "Threads"))
        files = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
}
