package app.attune.headless

import app.attune.core.For
import app.attune.core.Helpful
import app.attune.core.Range
import java.time.LocalDate
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** The help page. */
internal val helpOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "help.open" to { arguments ->
        arguments.done()
        if (help.page().isEmpty()) throw Fault.error("Damaged", "the help page is empty")
        done
    },
    "feel_afraid" to { arguments -> arguments.done().let { help.feelAfraid() }.let { done } },
)

/** Exercises and suggestions, the trigger map, returns, insights. */
internal val helpViews: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "help_offered" to { arguments -> arguments.done().let { answer("offered" to help.isOffered()) } },
    "toolkit" to { arguments -> json(toolkit.exercises(arguments.whom()).map(::helpful)) },
    "suggestions" to { arguments -> json(toolkit.suggestions(arguments.whom()).map(::helpful)) },
    "moments" to { arguments ->
        val day = arguments.date("week_of")
        arguments.done()
        val map = moments.week(day)
        answer(
            "count" to map.count,
            "look_for_the_pattern" to map.lookForThePattern,
            "by_situation" to map.bySituation,
            "by_cue" to map.byCue,
            "by_hour" to map.byHour,
            "by_urge" to map.byUrge,
        )
    },
    "returns" to { arguments ->
        arguments.done()
        val dates = moments.returns()
        answer("count" to dates.size, "dates" to dates.map(LocalDate::toString))
    },
    "insights" to { arguments ->
        val range = arguments.range()
        arguments.done()
        json(
            insights.over(range).map { series ->
                answer("series" to series.name, "points" to series.points.map { answer("x" to it.x, "y" to it.y) })
            },
        )
    },
)

/** Local dates; all of them where they are absent. */
internal fun Arguments.range(): Range {
    val from = maybeDate("from") ?: LocalDate.of(1, 1, 1)
    val to = maybeDate("to") ?: LocalDate.of(9999, 12, 31)
    if (from > to) throw Fault.bad("\"from\" is after \"to\"")
    return Range(from, to)
}

private fun Arguments.whom(): For = (maybeWord<For>("for") ?: For.ME).also { done() }

private fun helpful(helpful: Helpful): JsonObject =
    answer((if (helpful.isExercise) "exercise" else "card") to helpful.id, "why" to helpful.why)
