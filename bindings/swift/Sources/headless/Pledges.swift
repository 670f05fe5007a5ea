import Attune

/// Pledges, and what the owner is to be notified of.
let pledgeOperations: [String: Operation] = [
    "pledge.make": { phone, arguments in
        let (due, how) = (try arguments.time("due"), try arguments.text("how"))
        let sentence = try arguments.maybeText("sentence")
        try arguments.done()
        return made(try phone.pledges.make(due: due, how: how, sentence: sentence))
    },
    "pledge.move": { phone, arguments in
        let (pledge, due) = (try arguments.id("id"), try arguments.time("due"))
        try arguments.done()
        try phone.pledges.moveTo(id: pledge, due: due)
        return done
    },
    "pledge.check_in": onOne { try $0.pledges.checkIn(id: $1) },
    "pledge.withdraw": onOne { try $0.pledges.withdraw(id: $1) },
    "share.summary": { phone, arguments in
        guard try arguments.text("of") == "pledges" else { throw Fault.bad("\"of\" is not \"pledges\"") }
        let (from, to) = (try arguments.date("from"), try arguments.date("to"))
        let lines: Set<SummaryLine> = try arguments.maybeWords("lines") ?? []
        try arguments.done()
        return made(try phone.pledges.shareSummary(from: from, to: to, lines: lines))
    },
]

let pledgeViews: [String: Operation] = [
    "pledge": { phone, arguments in
        let pledge = try phone.pledges.view(id: try arguments.onlyId())
        var view =
            object([
                "id": pledge.id, "mine": pledge.mine, "state": wordOf(pledge.state), "due": pledge.due,
                "how": pledge.how,
                "sentence": pledge.sentence, "moves": pledge.moves,
            ]).asObject ?? [:]
        if pledge.mine {
            view["outcome"] = pledge.outcome.map { wordOf($0) }.json
        } else {
            view["as_of"] = pledge.asOf.json
        }
        return .object(view)
    },
    "upcoming": { phone, arguments in
        let until = try arguments.time("until")
        try arguments.done()
        return try phone.upcoming.until(until: until).map(notice).json
    },
]

private func notice(_ notice: Notice) -> Json {
    let (about, id): (String, EntryId?) =
        switch notice.about {
        case .pledge(let pledge): ("pledge", pledge)
        case .reminder: ("reminder", nil)
        }
    return object(["at": notice.at, "about": about, "id": id, "text": notice.text])
}
