package app.attune.headless

import app.attune.core.EntryId
import app.attune.core.TogetherValue
import java.math.BigInteger
import java.net.InetAddress
import java.net.InetSocketAddress
import java.time.DateTimeException
import java.time.LocalDate
import java.time.OffsetDateTime
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** The arguments of an operation. Each is taken by name and type; what is left over makes no sense. */
internal class Arguments(arguments: Map<String, JsonElement>) {
    private val left = arguments.toMutableMap()

    /** All arguments were taken. To be called before anything is done. */
    fun done() {
        left.keys.firstOrNull()?.let { throw Fault.bad("no argument is called \"$it\"") }
    }

    /** Whether an argument is there, null or not. */
    fun has(key: String): Boolean = key in left

    /** An argument as it stands; absent and null are the same. */
    fun maybe(key: String): JsonElement? = left.remove(key).takeUnless { it is JsonNull }

    /** An argument of any shape, null among them. */
    fun value(key: String): JsonElement = left.remove(key) ?: throw Fault.bad("\"$key\" is missing")

    fun text(key: String): String = maybeText(key) ?: missing(key)

    fun maybeText(key: String): String? =
        maybe(key)?.let { it.asText() ?: throw Fault.bad("\"$key\" is no text") }

    fun flag(key: String): Boolean = when (val flag = maybe(key)) {
        null -> false
        else -> flag.asFlag() ?: throw Fault.bad("\"$key\" is neither true nor false")
    }

    /** Any whole number that JSON may hold. */
    private fun anyWhole(key: String): BigInteger =
        value(key).asWhole() ?: throw Fault.bad("\"$key\" is no whole number")

    /** A whole number; one that is too large or too small comes as the largest or the smallest, for the phone to find out of its range. */
    fun whole(key: String): UInt =
        anyWhole(key).max(BigInteger.ZERO).min(UInt.MAX_VALUE.toString().toBigInteger()).toLong().toUInt()

    /** The same, where the phone's own type is smaller. */
    fun smallWhole(key: String): UByte = whole(key).coerceAtMost(UByte.MAX_VALUE.toUInt()).toUByte()

    /** Any whole number from 0 on. */
    fun number(key: String): ULong =
        anyWhole(key).takeIf { it.signum() >= 0 }?.toString()?.toULong()
            ?: throw Fault.bad("\"$key\" is no whole number from 0 on")

    fun time(key: String): OffsetDateTime = timeOf(text(key)) ?: throw Fault.bad("\"$key\" is no time with an offset")

    /** A local date. */
    fun date(key: String): LocalDate = maybeDate(key) ?: missing(key)

    fun maybeDate(key: String): LocalDate? = maybeText(key)?.let {
        try {
            LocalDate.parse(it)
        } catch (_: DateTimeException) {
            throw Fault.bad("\"$key\" is no date")
        }
    }

    /** An id. A text that was never given out as one is no bad argument: it is the id of nothing. */
    fun id(key: String): EntryId = idOf(text(key))

    fun ids(key: String): List<EntryId> {
        val ids = (value(key) as? JsonArray)?.map { it.asText() ?: throw Fault.bad("\"$key\" is no list of ids") }
        return ids?.map(::idOf) ?: throw Fault.bad("\"$key\" is no list of ids")
    }

    /** An id, and nothing else. */
    fun onlyId(): EntryId = id("id").also { done() }

    /** A place on a scale from 0 to 10; what is off it comes as something that is. */
    fun maybeScale(key: String): UByte? = when {
        left[key] == null || left[key] is JsonNull -> maybe(key).let { null }
        else -> scaleOf(anyWhole(key))
    }

    /** The same, which must be there. */
    fun scale(key: String): UByte = scaleOf(anyWhole(key))

    /** A length in seconds; what no phone can hold comes as what none allows. */
    fun maybeSeconds(key: String): UInt? = when {
        left[key] == null || left[key] is JsonNull -> maybe(key).let { null }
        else -> anyWhole(key).takeIf { it.signum() >= 0 && it.bitLength() <= UInt.SIZE_BITS }?.toLong()?.toUInt() ?: UInt.MAX_VALUE
    }

    /** Arguments within an argument. */
    fun inner(key: String): Arguments =
        Arguments(value(key) as? JsonObject ?: throw Fault.bad("\"$key\" is no object"))

    /** One of the words that [E] knows. */
    inline fun <reified E : Enum<E>> word(key: String): E = maybeWord<E>(key) ?: missing(key)

    /** One of them, or none. */
    inline fun <reified E : Enum<E>> maybeWord(key: String): E? =
        maybeText(key)?.let { wordOf<E>(it) ?: throw Fault.bad("\"$key\" is none of the words that it may be") }

    /** Some of them. */
    inline fun <reified E : Enum<E>> maybeWords(key: String): Set<E>? = maybe(key)?.let { words ->
        val known = (words as? JsonArray)?.map { word -> word.asText()?.let { wordOf<E>(it) } }
        if (known == null || null in known) throw Fault.bad("\"$key\" is no list of words that it may hold")
        known.filterNotNull().toSet()
    }

    /** A value without fractions. */
    fun together(key: String): TogetherValue = togetherOf(value(key))

    /** Where to find a phone: `host` in figures, and `port`. */
    fun address(): InetSocketAddress {
        val host = text("host")
        val port = number("port").takeIf { it <= UShort.MAX_VALUE } ?: throw Fault.bad("\"port\" is no port")
        // Anything else would be looked up as a name.
        if (!inFigures.matches(host)) throw Fault.bad("\"host\" is no address")
        return InetSocketAddress(InetAddress.getByName(host), port.toInt())
    }

    fun missing(key: String): Nothing = throw Fault.bad("\"$key\" is missing")
}

private val inFigures = Regex("""\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*""")

/** The id that this text is, or that of nothing: no entry has the first of all ids. */
internal fun idOf(text: String): EntryId = EntryId.parse(text) ?: EntryId("0".repeat(26))

internal fun timeOf(text: String): OffsetDateTime? = try {
    OffsetDateTime.parse(text)
} catch (_: DateTimeException) {
    null
}

internal inline fun <reified E : Enum<E>> wordOf(word: String): E? = enumValues<E>().firstOrNull { snakeCase(it) == word }

internal fun JsonElement.asText(): String? = (this as? JsonPrimitive)?.takeIf { it.isString }?.content

internal fun JsonElement.asFlag(): Boolean? =
    (this as? JsonPrimitive)?.takeUnless { it.isString }?.content?.toBooleanStrictOrNull()

/** A number without a fraction, where 64 bits can hold it. */
internal fun JsonElement.asWhole(): BigInteger? {
    val digits = (this as? JsonPrimitive)?.takeUnless { it.isString || it is JsonNull }?.content ?: return null
    val whole = digits.takeIf { Regex("-?[0-9]{1,20}").matches(it) }?.toBigInteger() ?: return null
    return whole.takeIf { if (it.signum() < 0) it.bitLength() < Long.SIZE_BITS else it.bitLength() <= Long.SIZE_BITS }
}

private fun scaleOf(number: BigInteger): UByte =
    number.takeIf { it.signum() >= 0 && it.bitLength() <= UByte.SIZE_BITS }?.toInt()?.toUByte() ?: UByte.MAX_VALUE

private fun togetherOf(value: JsonElement): TogetherValue = when (value) {
    is JsonNull -> TogetherValue.Null
    is JsonArray -> TogetherValue.Items(value.map(::togetherOf))
    is JsonObject -> TogetherValue.Fields(value.mapValues { togetherOf(it.value) })
    is JsonPrimitive -> value.asText()?.let(TogetherValue::Text)
        ?: value.asFlag()?.let(TogetherValue::Bool)
        ?: value.asWhole()?.takeIf { it.bitLength() < Long.SIZE_BITS }?.let { TogetherValue.Int(it.toLong()) }
        ?: throw Fault.bad("\"value\" holds a number that is not whole, or too large")
}
