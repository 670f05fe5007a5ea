import Attune

/// Repair.
let repairOperations: [String: Operation] = [
    "repair.pause": { phone, arguments in
        try arguments.done()
        return made(try phone.repairs.pause())
    },
    "repair.ready": onOne { try $0.repairs.ready(id: $1) },
    "repair.impact": say { try $0.impact(id: $1, text: $2) },
    "repair.ask": onOne { try $0.repairs.ask(id: $1) },
    "repair.need": say { try $0.need(id: $1, text: $2) },
    "repair.agree": onOne { try $0.repairs.agree(id: $1) },
    "repair.park": onOne { try $0.repairs.park(id: $1) },
    "repair.reopen": onOne { try $0.repairs.reopen(id: $1) },
]

let repairViews: [String: Operation] = [
    "repair": { phone, arguments in
        let repair = try phone.repairs.view(id: try arguments.onlyId())
        return object([
            "id": repair.id, "stage": wordOf(repair.stage), "i_am_ready": repair.iAmReady, "mine": part(repair.mine),
            "theirs": part(repair.theirs),
        ])
    }
]

private func say(_ say: @escaping @Sendable (Repairs, EntryId, String) throws -> Void) -> Operation {
    { phone, arguments in
        let (repair, text) = (try arguments.id("id"), try arguments.text("text"))
        try arguments.done()
        try say(phone.repairs, repair, text)
        return done
    }
}

private func part(_ part: Part) -> Json {
    object(["impact": part.impact, "asked": part.asked, "need": part.need, "agreed": part.agreed])
}
