import Attune

/// Rounds and the own limit.
let roundOperations: [String: Operation] = [
    "round.invite": { phone, arguments in
        let invite = RoundInvite(
            maxS: try arguments.whole("max_s"), openUntil: try arguments.time("open_until"),
            roundKind: try arguments.word("round_kind"))
        try arguments.done()
        return made(try phone.rounds.invite(invite: invite))
    },
    "round.accept": { phone, arguments in
        let (round, maxS) = (try arguments.id("id"), try arguments.whole("max_s"))
        try arguments.done()
        try phone.rounds.accept(id: round, maxS: maxS)
        return done
    },
    "round.not_now": { phone, arguments in
        let (round, say) = (try arguments.id("id"), try arguments.maybeWord("say") as Said?)
        try arguments.done()
        try phone.rounds.notNow(id: round, say: say)
        return done
    },
    "round.later": { phone, arguments in
        let (round, pledge) = (try arguments.id("id"), try arguments.inner("pledge"))
        try arguments.done()
        let (due, how) = (try pledge.time("due"), try pledge.text("how"))
        try pledge.done()
        return made(try phone.rounds.later(id: round, due: due, how: how))
    },
    "round.withdraw": onOne { try $0.rounds.withdraw(id: $1) },
    "round.start": onOne { try $0.rounds.start(id: $1) },
    "round.release": onOne { try $0.rounds.release(id: $1) },
    "round.leave": onOne { try $0.rounds.leave(id: $1) },
    "round.reflect": { phone, arguments in
        let round = try arguments.id("id")
        let (safety, activation) = (try arguments.maybeScale("safety"), try arguments.maybeScale("activation"))
        let (cue, word) = (try arguments.maybeText("cue"), try arguments.maybeText("word"))
        try arguments.done()
        try phone.rounds.reflect(id: round, safety: safety, activation: activation, cue: cue, word: word)
        return done
    },
    "round.skip": onOne { try $0.rounds.skip(id: $1) },
    "round.log": { phone, arguments in
        let (length, kind) = (try arguments.whole("length_s"), try arguments.word("round_kind") as RoundKind)
        try arguments.done()
        return made(try phone.rounds.log(lengthS: length, roundKind: kind))
    },
    "caps.set": { phone, arguments in
        let invites = try arguments.smallWhole("invites_per_day")
        let kinds: Set<RoundKind>? = try arguments.maybeWords("kinds")
        try arguments.done()
        try phone.rounds.setCaps(invitesPerDay: invites, kinds: kinds)
        return done
    },
    "limit.take_offer": plain { try $0.limit.takeOffer() },
    "limit.lower": { phone, arguments in
        let to = try arguments.whole("to_s")
        try arguments.done()
        try phone.limit.lower(toS: to)
        return done
    },
]

let roundViews: [String: Operation] = [
    "round": { phone, arguments in view(try phone.rounds.view(id: try arguments.onlyId())) },
    "rounds": { phone, arguments in
        try arguments.done()
        return try phone.rounds.list().map(view).json
    },
    "may_invite": { phone, arguments in
        try arguments.done()
        let may = try phone.rounds.mayInvite()
        return object(["may": may.why == nil, "why": may.why.map { codeOf($0) }, "from": may.from])
    },
    "limit": { phone, arguments in
        try arguments.done()
        let limit = try phone.limit.view()
        return object(["seconds": limit.seconds, "ease_run": limit.easeRun, "offer_s": limit.offerS])
    },
    "caps": { phone, arguments in
        try arguments.done()
        let caps = try phone.rounds.caps()
        return object([
            "to_me": object(["invites_per_day": caps.toMe.invitesPerDay]),
            "to_partner": object(["invites_per_day": caps.toPartner.invitesPerDay]),
        ])
    },
]

private func view(_ round: RoundView) -> Json {
    object([
        "id": round.id, "state": wordOf(round.state), "by_me": round.byMe, "open_until": round.openUntil,
        "length_s": round.lengthS, "both_reached_out": round.bothReachedOut, "said": round.said.map { wordOf($0) },
        "reflected": round.reflected,
    ])
}
