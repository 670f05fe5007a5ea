import Attune

/// The phone of this process, once it is open.
final class Headless {
    private var opened: Opened?

    /// The answer to one line, which never fails.
    func answer(to line: String) -> String {
        do {
            guard var request = Json.read(line)?.asObject else { throw Fault.bad("no JSON object") }
            guard let op = request.removeValue(forKey: "op")?.asText else { throw Fault.bad("no \"op\"") }
            return object(["ok": try act(op, Arguments(request))]).line
        } catch let fault as Fault {
            return object([fault.said: fault.code, "text": fault.text]).line
        } catch let failed as PhoneError {
            let fault = Fault(failed)
            return object([fault.said: fault.code, "text": fault.text]).line
        } catch {
            return object(["error": "Internal", "text": "\(error)"]).line
        }
    }

    private func act(_ op: String, _ arguments: Arguments) throws -> Json {
        switch op {
        case "open", "restore":
            let backup = op == "restore" ? try Backup(arguments) : nil
            let opening = try Opening(arguments)
            try arguments.done()
            guard opened == nil else { throw Fault.error("Busy", "the phone is open") }
            opened = try opening.open(backup)
            return done
        case "close":
            try arguments.done()
            let closing = opened
            opened = nil
            try closing?.phone.close()
            return done
        default:
            guard let act = operations[op] else { throw Fault.bad("no such op") }
            guard let opened else { throw Fault.error("Closed", "the phone is not open") }
            return try act(opened, arguments)
        }
    }
}

/// Something that can be asked of an open phone.
typealias Operation = @Sendable (Opened, Arguments) throws -> Json

/// An operation that takes nothing and returns nothing.
func plain(_ act: @escaping @Sendable (Opened) throws -> Void) -> Operation {
    { phone, arguments in
        try arguments.done()
        try act(phone)
        return done
    }
}

/// An operation on one thing, which returns nothing.
func onOne(_ act: @escaping @Sendable (Opened, EntryId) throws -> Void) -> Operation {
    { phone, arguments in
        try act(phone, try arguments.onlyId())
        return done
    }
}

/// What concerns the whole phone.
private let wholeOperations: [String: Operation] = [
    "now": { phone, arguments in
        let at = try arguments.time("at")
        try arguments.done()
        phone.clock.moveTo(wall: at)
        return done
    },
    "setup": { phone, arguments in
        let beginAtS = try arguments.whole("begin_at_s")
        try arguments.done()
        try phone.limit.begin(beginAtS: beginAtS)
        return done
    },
    "show": show,
    "dump": dump,
    "backup": { phone, arguments in
        let (path, passphrase) = (try arguments.text("path"), try arguments.text("passphrase"))
        try arguments.done()
        try phone.phone.backUp(path: .init(fileURLWithPath: path), passphrase: passphrase)
        return done
    },
    "export": { phone, arguments in
        let folder = try arguments.text("folder")
        let (range, includeSharedWithMe) = (try arguments.range(), try arguments.flag("include_shared_with_me"))
        try arguments.done()
        let files = try phone.phone.export(
            folder: .init(fileURLWithPath: folder), range: range, includeSharedWithMe: includeSharedWithMe)
        return object(["files": files])
    },
]

/// All that can be asked of an open phone, by name.
private let operations = [
    wholeOperations, journalOperations, meetingOperations, roundOperations, pledgeOperations, repairOperations,
    turnOperations, programmeOperations, helpOperations,
].reduce(into: [:]) { all, some in all.merge(some) { one, _ in one } }
