import Attune

/// The help page.
let helpOperations: [String: Operation] = [
    "help.open": plain { phone in
        if phone.help.page().isEmpty { throw Fault.error("Damaged", "the help page is empty") }
    },
    "feel_afraid": plain { $0.help.feelAfraid() },
]

/// Exercises and suggestions, the trigger map, returns, insights.
let helpViews: [String: Operation] = [
    "help_offered": { phone, arguments in
        try arguments.done()
        return object(["offered": try phone.help.isOffered()])
    },
    "toolkit": { phone, arguments in try phone.toolkit.exercises(whom: try arguments.whom()).map(helpful).json },
    "suggestions": { phone, arguments in try phone.toolkit.suggestions(whom: try arguments.whom()).map(helpful).json },
    "moments": { phone, arguments in
        let day = try arguments.date("week_of")
        try arguments.done()
        let map = try phone.moments.week(of: day)
        let byHour = Dictionary(uniqueKeysWithValues: map.byHour.map { (String($0.key), $0.value) })
        return object([
            "count": map.count, "look_for_the_pattern": map.lookForThePattern, "by_situation": map.bySituation,
            "by_cue": map.byCue, "by_hour": byHour, "by_urge": map.byUrge,
        ])
    },
    "returns": { phone, arguments in
        try arguments.done()
        let dates = try phone.moments.returns()
        return object(["count": dates.count, "dates": dates])
    },
    "insights": { phone, arguments in
        let range = try arguments.range()
        try arguments.done()
        return try phone.insights.over(range: range).map { series in
            object(["series": series.name, "points": series.points.map { object(["x": $0.x, "y": $0.y]) }])
        }.json
    },
]

extension Arguments {
    /// Local dates; all of them where they are absent.
    func range() throws -> Attune.Range {
        let from = try maybeDate("from") ?? LocalDate(year: 1, month: 1, day: 1)
        let to = try maybeDate("to") ?? LocalDate(year: 9999, month: 12, day: 31)
        if from > to { throw Fault.bad("\"from\" is after \"to\"") }
        return Attune.Range(from: from, to: to)
    }

    fileprivate func whom() throws -> For {
        let whom: For = try maybeWord("for") ?? .me
        try done()
        return whom
    }
}

private func helpful(_ helpful: Helpful) -> Json {
    object([helpful.isExercise ? "exercise" : "card": helpful.id, "why": helpful.why])
}
