package app.attune.headless

import app.attune.core.EntryId
import app.attune.core.InternalException
import app.attune.core.Language
import app.attune.core.PhoneException
import app.attune.core.TogetherValue
import java.time.OffsetDateTime
import java.time.format.DateTimeFormatter
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** Why an operation was not done; nothing was changed. [said] is "refused" where a practice rule said no, and "error" else. */
internal class Fault(val said: String, val code: String, text: String) : Exception(text) {
    companion object {
        /** Arguments that make no sense. */
        fun bad(text: String) = error("BadArguments", text)

        fun error(code: String, text: String) = Fault("error", code, text)

        /** The codes of the protocol are the names of the core's variants. */
        fun of(failed: PhoneException): Fault {
            val text = failed.text(Language.ENGLISH)
            return when (failed) {
                is PhoneException.Refused -> Fault("refused", camelCase(failed.v1), text)
                else -> error(failed.javaClass.simpleName, text)
            }
        }

        /** The core stumbled, or was given what it cannot even read. */
        fun of(stumbled: InternalException) = error("Internal", stumbled.message.orEmpty())
    }
}

/** The result of what has none. */
internal val done = JsonObject(emptyMap())

/** The result of what has made an entry. */
internal fun made(id: EntryId) = answer("id" to id)

/** An object of these values, as they read in the protocol. */
internal fun answer(vararg fields: Pair<String, Any?>): JsonObject =
    JsonObject(fields.associate { (name, value) -> name to json(value) })

/** A value as it reads in the protocol. */
internal fun json(value: Any?): JsonElement = when (value) {
    null -> JsonNull
    is JsonElement -> value
    is String -> JsonPrimitive(value)
    is Boolean -> JsonPrimitive(value)
    is Number -> JsonPrimitive(value)
    is UByte -> JsonPrimitive(value.toLong())
    is UShort -> JsonPrimitive(value.toLong())
    is UInt -> JsonPrimitive(value.toLong())
    is ULong -> JsonPrimitive(value.toLong())
    is EntryId -> JsonPrimitive(value.text)
    is Enum<*> -> JsonPrimitive(snakeCase(value))
    is OffsetDateTime -> JsonPrimitive(value.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
    is TogetherValue -> together(value)
    is Collection<*> -> JsonArray(value.map(::json))
    is Map<*, *> -> JsonObject(value.entries.associate { (name, inner) -> name.toString() to json(inner) })
    else -> error("no form for ${value.javaClass}")
}

private fun together(value: TogetherValue): JsonElement = when (value) {
    is TogetherValue.Null -> JsonNull
    is TogetherValue.Bool -> JsonPrimitive(value.v1)
    is TogetherValue.Int -> JsonPrimitive(value.v1)
    is TogetherValue.Text -> JsonPrimitive(value.v1)
    is TogetherValue.Items -> json(value.v1)
    is TogetherValue.Fields -> json(value.v1)
}

/** The words of the protocol are the core's names, in snake case. */
internal fun snakeCase(word: Enum<*>): String = word.name.lowercase()

internal fun camelCase(word: Enum<*>): String =
    word.name.split('_').joinToString("") { part -> part.take(1) + part.drop(1).lowercase() }
