package app.attune.headless

import app.attune.core.About
import app.attune.core.SummaryLine
import kotlinx.serialization.json.JsonElement

/** Pledges, and what the owner is to be notified of. */
internal val pledgeOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "pledge.make" to { arguments ->
        val (due, how) = arguments.time("due") to arguments.text("how")
        val sentence = arguments.maybeText("sentence")
        arguments.done()
        made(pledges.make(due, how, sentence))
    },
    "pledge.move" to { arguments ->
        val (pledge, due) = arguments.id("id") to arguments.time("due")
        arguments.done()
        pledges.moveTo(pledge, due)
        done
    },
    "pledge.check_in" to { arguments -> pledges.checkIn(arguments.onlyId()).let { done } },
    "pledge.withdraw" to { arguments -> pledges.withdraw(arguments.onlyId()).let { done } },
    "share.summary" to { arguments ->
        if (arguments.text("of") != "pledges") throw Fault.bad("\"of\" is not \"pledges\"")
        val (from, to) = arguments.date("from") to arguments.date("to")
        val lines = arguments.maybeWords<SummaryLine>("lines") ?: emptySet()
        arguments.done()
        made(pledges.shareSummary(from, to, lines))
    },
)

internal val pledgeViews: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "pledge" to { arguments ->
        val pledge = pledges.view(arguments.onlyId())
        answer(
            "id" to pledge.id,
            "mine" to pledge.mine,
            "state" to pledge.state,
            "due" to pledge.due,
            "how" to pledge.how,
            "sentence" to pledge.sentence,
            "moves" to pledge.moves,
            if (pledge.mine) "outcome" to pledge.outcome else "as_of" to pledge.asOf,
        )
    },
    "upcoming" to { arguments ->
        val until = arguments.time("until")
        arguments.done()
        json(
            upcoming.until(until).map { notice ->
                val (about, id) = when (val about = notice.about) {
                    is About.Pledge -> "pledge" to about.v1
                    is About.Reminder -> "reminder" to null
                }
                answer("at" to notice.at, "about" to about, "id" to id, "text" to notice.text)
            },
        )
    },
)
