package app.attune.headless

import app.attune.core.RoundInvite
import app.attune.core.RoundKind
import app.attune.core.RoundView
import app.attune.core.Said
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Rounds and the own limit. */
internal val roundOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "round.invite" to { arguments ->
        val maxS = arguments.whole("max_s")
        val openUntil = arguments.time("open_until")
        val kind = arguments.word<RoundKind>("round_kind")
        arguments.done()
        made(rounds.invite(RoundInvite(maxS, openUntil, kind)))
    },
    "round.accept" to { arguments ->
        val (round, maxS) = arguments.id("id") to arguments.whole("max_s")
        arguments.done()
        rounds.accept(round, maxS)
        done
    },
    "round.not_now" to { arguments ->
        val (round, say) = arguments.id("id") to arguments.maybeWord<Said>("say")
        arguments.done()
        rounds.notNow(round, say)
        done
    },
    "round.later" to { arguments ->
        val (round, pledge) = arguments.id("id") to arguments.inner("pledge")
        arguments.done()
        val (due, how) = pledge.time("due") to pledge.text("how")
        pledge.done()
        made(rounds.later(round, due, how))
    },
    "round.withdraw" to { arguments -> rounds.withdraw(arguments.onlyId()).let { done } },
    "round.start" to { arguments -> rounds.start(arguments.onlyId()).let { done } },
    "round.release" to { arguments -> rounds.release(arguments.onlyId()).let { done } },
    "round.leave" to { arguments -> rounds.leave(arguments.onlyId()).let { done } },
    "round.reflect" to { arguments ->
        val round = arguments.id("id")
        val (safety, activation) = arguments.maybeScale("safety") to arguments.maybeScale("activation")
        val (cue, word) = arguments.maybeText("cue") to arguments.maybeText("word")
        arguments.done()
        rounds.reflect(round, safety, activation, cue, word)
        done
    },
    "round.skip" to { arguments -> rounds.skip(arguments.onlyId()).let { done } },
    "round.log" to { arguments ->
        val (length, kind) = arguments.whole("length_s") to arguments.word<RoundKind>("round_kind")
        arguments.done()
        made(rounds.log(length, kind))
    },
    "caps.set" to { arguments ->
        val (invitesPerDay, kinds) = arguments.smallWhole("invites_per_day") to arguments.maybeWords<RoundKind>("kinds")
        arguments.done()
        rounds.setCaps(invitesPerDay, kinds)
        done
    },
    "limit.take_offer" to { arguments -> arguments.done().let { limit.takeOffer() }.let { done } },
    "limit.lower" to { arguments -> arguments.whole("to_s").also { arguments.done() }.let(limit::lower).let { done } },
)

internal val roundViews: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "round" to { arguments -> view(rounds.view(arguments.onlyId())) },
    "rounds" to { arguments -> arguments.done().let { json(rounds.list().map(::view)) } },
    "may_invite" to { arguments ->
        arguments.done()
        val may = rounds.mayInvite()
        answer("may" to (may.why == null), "why" to may.why?.let(::camelCase), "from" to may.from)
    },
    "limit" to { arguments ->
        arguments.done()
        val limit = limit.view()
        answer("seconds" to limit.seconds, "ease_run" to limit.easeRun, "offer_s" to limit.offerS)
    },
    "caps" to { arguments ->
        arguments.done()
        val caps = rounds.caps()
        answer(
            "to_me" to answer("invites_per_day" to caps.toMe.invitesPerDay),
            "to_partner" to answer("invites_per_day" to caps.toPartner.invitesPerDay),
        )
    },
)

private fun view(round: RoundView): JsonObject = answer(
    "id" to round.id,
    "state" to round.state,
    "by_me" to round.byMe,
    "open_until" to round.openUntil,
    "length_s" to round.lengthS,
    "both_reached_out" to round.bothReachedOut,
    "said" to round.said,
    "reflected" to round.reflected,
)
