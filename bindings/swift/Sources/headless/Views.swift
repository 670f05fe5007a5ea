import Attune

/// What a phone shows of the journal, of the partner and of what both write, by name.
private let ownViews: [String: Operation] = [
    "entries": { phone, arguments in
        let filter = EntryFilter(
            kind: try arguments.maybeText("kind"), whose: try arguments.maybeWord("whose"),
            from: try arguments.maybeDate("from"), to: try arguments.maybeDate("to"))
        try arguments.done()
        if let kind = filter.kind, !kinds.contains(kind) { throw Fault.bad("no such kind") }
        return try phone.journal.items(filter: filter).map(item).json
    },
    "partner": { phone, arguments in
        try arguments.done()
        let status = try phone.partner.status()
        return object([
            "paired": status.state != .notPaired, "last_met": status.lastMet, "state": wordOf(status.state),
            "text": status.text, "sync_paused": status.syncPaused,
        ])
    },
    "shared_with_me": { phone, arguments in
        try arguments.done()
        return try phone.journal.sharedWithMe().map(shared).json
    },
    "together": { phone, arguments in
        try arguments.done()
        let view = try phone.together.view()
        return object([
            "ritual": versions(view.ritual), "phrases": versions(view.phrases), "plan": versions(view.plan),
        ])
    },
]

/// All that a phone shows.
private let views = [ownViews, roundViews, pledgeViews, repairViews, turnViews, programmeViews, helpViews]
    .reduce(into: [:]) { all, some in all.merge(some) { one, _ in one } }

/// Views that need nothing to look at.
private let alwaysThere = [
    "partner", "shared_with_me", "together", "rounds", "may_invite", "limit", "caps", "programme", "insights",
    "returns",
    "toolkit", "suggestions", "help_offered",
]

func show(_ phone: Opened, _ arguments: Arguments) throws -> Json {
    guard let view = views[try arguments.text("view")] else { throw Fault.bad("no such view") }
    return try view(phone, arguments)
}

/// Everything that the phone holds or could show, so that a scenario can look for what must not be there.
func dump(_ phone: Opened, _ arguments: Arguments) throws -> Json {
    try arguments.done()
    guard var dump = Json.read(try phone.phone.dumpJson())?.asObject else {
        throw Fault.error("Damaged", "what the phone holds is no JSON")
    }
    let entries = try Whose.allCases.map { whose in
        let items = try phone.journal.items(filter: EntryFilter(whose: whose))
        return object(["view": "entries", "whose": wordOf(whose), "answer": items.map(item)])
    }
    let others = try alwaysThere.map { view in
        object(["view": view, "answer": try show(phone, Arguments(["view": .text(view)]))])
    }
    let texts = phone.phone.catalogue().textsAboutPartner() + [try phone.partner.status().text]
    dump["views"] = (entries + others).json
    dump["texts"] = texts.map { object(["text": $0, "about_partner": true]) }.json
    return .object(dump)
}

private func item(_ item: JournalItem) -> Json {
    let body: Json =
        switch item.content {
        case .own(let body): fieldsOf(body)
        case .asShared(let fields): fields.json
        case .newer: done
        }
    return object([
        "id": item.id, "kind": item.kind, "mine": item.whose == .mine, "shared": item.shared, "written": item.written,
        "local_date": item.written.localDate, "edits": item.edits, "body": body,
    ])
}

private func shared(_ item: SharedItem) -> Json {
    let body: Json =
        switch item.content {
        case .copy(let fields): fields.json
        case .answer(let answer): fieldsOf(answer)
        case nil: done
        }
    return object(["id": item.id, "as_of": item.asOf, "kind": item.kind, "body": body])
}

private func versions(_ versions: Versions) -> Json {
    object(["value": versions.value, "other_versions": versions.otherVersions])
}

/// Under what something may be listed: what people write down, acts, shared lines, summaries.
private let kinds = Set(
    WeeklyLine.allCases.map { wordOf($0) } + [
        "check_in", "moment", "sentence", "appreciation", "worry", "need", "request", "answer", "weekly", "alone",
        "expectation", "return", "exercise", "leaning", "strength", "savour", "loop_half", "calm_place",
        "support_person", "belief", "programme_act", "cap", "limit_change", "round_invite", "round_accept", "round_act",
        "round_not_now", "round_reflect", "round_log", "pledge_make", "pledge_move", "pledge_check_in",
        "pledge_withdraw", "repair_pause", "repair_act", "turn_begin", "turn_act", "snapshot", "shared_as",
        "together_set", "erase", "summary",
    ])
