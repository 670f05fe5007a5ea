package app.attune.headless

import app.attune.core.Alone
import app.attune.core.Answer
import app.attune.core.Appreciation
import app.attune.core.Belief
import app.attune.core.Body
import app.attune.core.CalmPlace
import app.attune.core.CheckIn
import app.attune.core.Exercise
import app.attune.core.Expectation
import app.attune.core.Leaning
import app.attune.core.LoopHalf
import app.attune.core.Moment
import app.attune.core.Need
import app.attune.core.Request
import app.attune.core.Return
import app.attune.core.Savour
import app.attune.core.Sentence
import app.attune.core.Strength
import app.attune.core.SupportPerson
import app.attune.core.Weekly
import app.attune.core.Worry
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject

/** Reads `{"kind": …, fields}`. A whole number off its scale is for the phone to refuse. */
internal fun bodyOf(json: JsonElement): Body {
    val given = json as? JsonObject ?: throw Fault.bad("\"body\" is no object")
    val kind = given["kind"]?.asText() ?: throw Fault.bad("\"body\" has no \"kind\"")
    return Arguments(given - "kind").run { ofKind(kind).also { done() } }
}

private fun Arguments.ofKind(kind: String): Body = when (kind) {
    "check_in" -> Body.CheckIn(
        CheckIn(word("state"), texts("words"), texts("cues"), scale("activation"), maybeScale("safety"), maybeText("note")),
    )
    "moment" -> Body.Moment(
        Moment(text("urge"), maybeText("situation"), maybeText("cue"), maybeText("emotion"), maybeText("need")),
    )
    "sentence" -> Body.Sentence(Sentence(text("feeling"), text("need")))
    "appreciation" -> Body.Appreciation(Appreciation(text("text"), strictFlag("said_aloud")))
    "worry" -> Body.Worry(Worry(text("text")))
    "need" -> Body.Need(Need(text("text")))
    "request" -> Body.Request(Request(text("text")))
    "answer" -> Body.Answer(Answer(id("request"), word("with"), maybeText("text")))
    "weekly" -> Body.Weekly(
        Weekly(
            maybeText("appreciation"), maybeText("worry"), maybeText("need"), maybeText("request"), maybeText("trigger"),
            maybeText("wish_together"), maybeText("wish_alone"), notNull("shared") { maybeWords(it) } ?: emptySet(),
        ),
    )
    "alone" -> Body.Alone(
        Alone(
            word("alone_kind"), maybeTime("began"), maybeTime("ended"), maybeScale("calm_before"), maybeScale("calm_after"),
            maybeText("pledge")?.let(::idOf),
        ),
    )
    "expectation" -> Body.Expectation(Expectation(scale("sureness")))
    "return" -> Body.Return(Return(maybeText("expectation")?.let(::idOf)))
    "exercise" -> Body.Exercise(
        Exercise(text("exercise"), maybeSeconds("seconds"), maybeScale("activation_before"), maybeScale("activation_after")),
    )
    "leaning" -> Body.Leaning(Leaning(scale("closeness"), scale("space")))
    "strength" -> Body.Strength(Strength(word("whose"), text("text")))
    "savour" -> Body.Savour(Savour(text("text")))
    "loop_half" -> Body.LoopHalf(LoopHalf(text("text")))
    "calm_place" -> Body.CalmPlace(CalmPlace(text("text")))
    "support_person" -> Body.SupportPerson(SupportPerson(text("name"), maybeText("how")))
    "belief" -> Body.Belief(Belief(scale("strength")))
    else -> throw Fault.bad("nobody writes down this kind")
}

private fun Arguments.maybeTime(key: String) =
    maybeText(key)?.let { timeOf(it) ?: throw Fault.bad("\"$key\" is no time with an offset") }

private fun Arguments.strictFlag(key: String): Boolean = notNull(key) { flag(it) } ?: false

private fun Arguments.texts(key: String): List<String> = notNull(key) { value(it) }?.let { texts ->
    (texts as? JsonArray)?.map { it.asText() ?: throw Fault.bad("\"$key\" is no list of texts") }
        ?: throw Fault.bad("\"$key\" is no list of texts")
} ?: emptyList()

/** What may be left out, but not be null. */
private fun <T> Arguments.notNull(key: String, take: Arguments.(String) -> T): T? {
    if (!has(key)) return null
    val value = value(key)
    if (value is JsonNull) throw Fault.bad("\"$key\" is null")
    return Arguments(mapOf(key to value)).take(key)
}

/** The fields of what was written down; those that say nothing are left out. */
internal fun fieldsOf(body: Body): JsonObject = when (body) {
    is Body.CheckIn -> body.v1.run {
        said("state" to state, "words" to words, "cues" to cues, "activation" to activation, "safety" to safety, "note" to note)
    }
    is Body.Moment -> body.v1.run {
        said("urge" to urge, "situation" to situation, "cue" to cue, "emotion" to emotion, "need" to need)
    }
    is Body.Sentence -> said("feeling" to body.v1.feeling, "need" to body.v1.need)
    is Body.Appreciation -> said("text" to body.v1.text, "said_aloud" to body.v1.saidAloud.takeIf { it })
    is Body.Worry -> said("text" to body.v1.text)
    is Body.Need -> said("text" to body.v1.text)
    is Body.Request -> said("text" to body.v1.text)
    is Body.Answer -> fieldsOf(body.v1)
    is Body.Weekly -> body.v1.run {
        said(
            "appreciation" to appreciation, "worry" to worry, "need" to need, "request" to request, "trigger" to trigger,
            "wish_together" to wishTogether, "wish_alone" to wishAlone, "shared" to shared.sorted(),
        )
    }
    is Body.Alone -> body.v1.run {
        said(
            "alone_kind" to aloneKind, "began" to began, "ended" to ended, "calm_before" to calmBefore,
            "calm_after" to calmAfter, "pledge" to pledge,
        )
    }
    is Body.Expectation -> said("sureness" to body.v1.sureness)
    is Body.Return -> said("expectation" to body.v1.expectation)
    is Body.Exercise -> body.v1.run {
        said(
            "exercise" to exercise, "seconds" to seconds, "activation_before" to activationBefore,
            "activation_after" to activationAfter,
        )
    }
    is Body.Leaning -> said("closeness" to body.v1.closeness, "space" to body.v1.space)
    is Body.Strength -> said("whose" to body.v1.whose, "text" to body.v1.text)
    is Body.Savour -> said("text" to body.v1.text)
    is Body.LoopHalf -> said("text" to body.v1.text)
    is Body.CalmPlace -> said("text" to body.v1.text)
    is Body.SupportPerson -> said("name" to body.v1.name, "how" to body.v1.how)
    is Body.Belief -> said("strength" to body.v1.strength)
    // Acts are never listed as entries.
    else -> done
}

internal fun fieldsOf(answer: Answer): JsonObject =
    said("request" to answer.request, "with" to answer.with, "text" to answer.text)

private fun said(vararg fields: Pair<String, Any?>): JsonObject =
    answer(*fields.filterNot { (_, value) -> value == null || (value as? Collection<*>)?.isEmpty() == true }.toTypedArray())
