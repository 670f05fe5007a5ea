import Attune
import Foundation

/// A phone that is open, its clock, and its parts.
final class Opened {
    let phone: Phone
    let clock: ManualClock
    lazy var journal = phone.journal()
    lazy var partner = phone.partner()
    lazy var together = phone.together()
    lazy var rounds = phone.rounds()
    lazy var limit = phone.limit()
    lazy var pledges = phone.pledges()
    lazy var repairs = phone.repairs()
    lazy var turns = phone.turns()
    lazy var programme = phone.programme()
    lazy var insights = phone.insights()
    lazy var moments = phone.moments()
    lazy var toolkit = phone.toolkit()
    lazy var help = phone.help()
    lazy var upcoming = phone.upcoming()

    init(_ phone: Phone, _ clock: ManualClock) {
        (self.phone, self.clock) = (phone, clock)
    }
}

/// What a phone is made of, where it is made of a backup.
struct Backup {
    let path: URL
    let passphrase: String

    init(_ arguments: Arguments) throws {
        path = URL(fileURLWithPath: try arguments.text("path"))
        passphrase = try arguments.text("passphrase")
    }
}

/// What a phone is opened with.
struct Opening {
    private let folder: URL
    private let key: Data
    private let now: LocalTime
    private let seed: UInt64
    private let language: Language

    init(_ arguments: Arguments) throws {
        folder = URL(fileURLWithPath: try arguments.text("folder"))
        key = try keyOf(try arguments.text("key"))
        now = try arguments.time("now")
        seed = try arguments.number("seed")
        language = languageFromTag(tag: try arguments.maybeText("language") ?? "en")
    }

    func open(_ backup: Backup?) throws -> Opened {
        let clock = ManualClock(wall: now)
        guard let backup else {
            let epoch = try orElse("StorageFailed", unusable) { try Epochs.next(folder) }
            let environment = Environment.forTests(clock: clock, seed: seed, epoch: epoch)
            return spoken(try Phone.open(folder: folder, key: key, environment: environment), clock)
        }
        let epoch = try orElse("NoSuchFile", "the backup cannot be read") { try Epochs.ofRestoring(backup.path) }
        let environment = Environment.forTests(clock: clock, seed: seed, epoch: epoch)
        let phone = try Phone.restore(
            path: backup.path, passphrase: backup.passphrase, folder: folder, key: key, environment: environment,
            work: Work())
        try orElse("StorageFailed", unusable) { try Epochs.goOn(folder, after: epoch) }
        return spoken(phone, clock)
    }

    private func spoken(_ phone: Phone, _ clock: ManualClock) -> Opened {
        phone.speak(language: language)
        return Opened(phone, clock)
    }
}

private let unusable = "the folder cannot be used"

private func keyOf(_ digits: String) throws -> Data {
    let ascii = Array(digits.utf8)
    let bytes = stride(from: 0, to: ascii.count - 1, by: 2).compactMap { at in
        UInt8(String(decoding: ascii[at...at + 1], as: UTF8.self), radix: 16)
    }
    guard ascii.count == 64, bytes.count == 32, digits.allSatisfy(\.isHexDigit) else {
        throw Fault.bad("\"key\" is not 64 hex digits")
    }
    return Data(bytes)
}

private func orElse<Value>(_ code: String, _ text: String, _ act: () throws -> Value) throws -> Value {
    do { return try act() } catch { throw Fault.error(code, text) }
}
