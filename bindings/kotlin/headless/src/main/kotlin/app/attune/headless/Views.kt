package app.attune.headless

import app.attune.core.Answered
import app.attune.core.Content
import app.attune.core.EntryFilter
import app.attune.core.JournalItem
import app.attune.core.PartnerState
import app.attune.core.SharedItem
import app.attune.core.Versions
import app.attune.core.Whose
import app.attune.core.WeeklyLine
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** What a phone shows of the journal, of the partner and of what both write, by name. */
private val ownViews: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "entries" to { arguments ->
        val filter = EntryFilter(
            kind = arguments.maybeText("kind"),
            whose = arguments.maybeWord<Whose>("whose"),
            from = arguments.maybeDate("from"),
            to = arguments.maybeDate("to"),
        )
        arguments.done()
        if (filter.kind.let { it != null && it !in kinds }) throw Fault.bad("no such kind")
        json(journal.items(filter).map(::item))
    },
    "partner" to { arguments ->
        arguments.done()
        val status = partner.status()
        answer(
            "paired" to (status.state != PartnerState.NOT_PAIRED),
            "last_met" to status.lastMet,
            "state" to status.state,
            "text" to status.text,
            "sync_paused" to status.syncPaused,
        )
    },
    "shared_with_me" to { arguments -> arguments.done().let { json(journal.sharedWithMe().map(::shared)) } },
    "together" to { arguments ->
        arguments.done()
        val view = together.view()
        answer("ritual" to versions(view.ritual), "phrases" to versions(view.phrases), "plan" to versions(view.plan))
    },
)

/** All that a phone shows. */
private val views = ownViews + roundViews + pledgeViews + repairViews + turnViews + programmeViews + helpViews

/** Views that need nothing to look at. */
private val alwaysThere = listOf(
    "partner", "shared_with_me", "together", "rounds", "may_invite", "limit", "caps", "programme", "insights", "returns",
    "toolkit", "suggestions", "help_offered",
)

internal fun Opened.show(arguments: Arguments): JsonElement {
    val view = views[arguments.text("view")] ?: throw Fault.bad("no such view")
    return view(arguments)
}

/** Everything that the phone holds or could show, so that a scenario can look for what must not be there. */
internal fun Opened.dump(arguments: Arguments): JsonElement {
    arguments.done()
    val entries = Whose.entries.map { whose ->
        val items = journal.items(EntryFilter(whose = whose))
        answer("view" to "entries", "whose" to whose, "answer" to items.map(::item))
    }
    val others = alwaysThere.map { answer("view" to it, "answer" to show(Arguments(mapOf("view" to json(it))))) }
    val texts = phone.catalogue().use { it.textsAboutPartner() } + partner.status().text
    return JsonObject(
        Json.parseToJsonElement(phone.dumpJson()).jsonObject +
            answer("views" to entries + others, "texts" to texts.map { answer("text" to it, "about_partner" to true) }),
    )
}

private fun item(item: JournalItem): JsonObject = answer(
    "id" to item.id,
    "kind" to item.kind,
    "mine" to (item.whose == Whose.MINE),
    "shared" to item.shared,
    "written" to item.written,
    "local_date" to item.written.toLocalDate().toString(),
    "edits" to item.edits,
    "body" to when (val content = item.content) {
        is Content.Own -> fieldsOf(content.v1)
        is Content.AsShared -> content.v1
        is Content.Newer -> done
    },
)

private fun shared(item: SharedItem): JsonObject = answer(
    "id" to item.id,
    "as_of" to item.asOf,
    "kind" to item.kind,
    "body" to when (val content = item.content) {
        is Answered.Copy -> content.v1
        is Answered.Answer -> fieldsOf(content.v1)
        null -> done
    },
)

private fun versions(versions: Versions): JsonObject =
    answer("value" to versions.value, "other_versions" to versions.otherVersions)

/** Under what something may be listed: what people write down, acts, shared lines, summaries. */
private val kinds: Set<String> = WeeklyLine.entries.map(::snakeCase).toSet() + setOf(
    "check_in", "moment", "sentence", "appreciation", "worry", "need", "request", "answer", "weekly", "alone", "expectation",
    "return", "exercise", "leaning", "strength", "savour", "loop_half", "calm_place", "support_person", "belief",
    "programme_act", "cap", "limit_change", "round_invite", "round_accept", "round_act", "round_not_now", "round_reflect",
    "round_log", "pledge_make", "pledge_move", "pledge_check_in", "pledge_withdraw", "repair_pause", "repair_act",
    "turn_begin", "turn_act", "snapshot", "shared_as", "together_set", "erase", "summary",
)
