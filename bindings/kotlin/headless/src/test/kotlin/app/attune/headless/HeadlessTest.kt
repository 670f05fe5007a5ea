package app.attune.headless

import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.io.TempDir

private const val KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/** A headless phone, spoken to in lines. */
class HeadlessTest {
    private class Talk(folder: Path) {
        private val headless = Headless()
        val opening = """{"op": "open", "folder": "$folder", "key": "$KEY", "now": "2026-03-02T08:00:00+01:00", "seed": 7}"""

        fun say(line: String) = headless.answer(line.toByteArray()).jsonObject

        fun ok(line: String) = say(line).let { it["ok"] ?: error("$it") }

        fun code(line: String) = say(line).let { (it["error"] ?: it["refused"])?.asText() }
    }

    private fun open(folder: Path) = Talk(folder).apply { assertEquals(done, ok(opening)) }

    @Test
    fun `every line is answered by one line and nothing else`() {
        val out = ByteArrayOutputStream()
        val lines = "hello\n\n[1]\n{\"op\": \"dump\"}\n{\"op\": \"close\"}"
        converse(ByteArrayInputStream(lines.toByteArray() + "\n".toByteArray() + byteArrayOf(-1)), out)
        val codes = out.toString().lines().filter(String::isNotEmpty).map { Json.parseToJsonElement(it).jsonObject["error"]?.asText() }
        assertEquals(listOf("BadArguments", "BadArguments", "BadArguments", "Closed", null, "BadArguments"), codes)
    }

    @Test
    fun `an entry is shown with the keys of the contract`(@TempDir folder: Path) {
        val talk = open(folder)
        val id = talk.ok("""{"op": "log", "body": {"kind": "worry", "text": "the trip"}}""").jsonObject["id"]
        talk.ok("""{"op": "edit", "id": $id, "body": {"kind": "worry", "text": "the flight"}}""")
        val shown = talk.ok("""{"op": "show", "view": "entries", "kind": "worry", "from": "2026-03-02", "to": "2026-03-02"}""")
        val expected = """[{"id": $id, "kind": "worry", "mine": true, "shared": false, "written": "2026-03-02T08:00:00+01:00",
            "local_date": "2026-03-02", "edits": 1, "body": {"text": "the flight"}}]"""
        assertEquals(Json.parseToJsonElement(expected), shown)
    }

    @Test
    fun `what a kind does not know is a bad argument`(@TempDir folder: Path) {
        val talk = open(folder)
        for (body in listOf(
            """"worry"""",
            """{"text": "no kind"}""",
            """{"kind": 1, "text": "t"}""",
            """{"kind": "mood", "text": "t"}""",
            """{"kind": "round_log", "length_s": 1}""",
            """{"kind": "worry", "text": "t", "extra": null}""",
            """{"kind": "worry", "text": 1}""",
            """{"kind": "worry"}""",
            """{"kind": "check_in", "state": "sleepy", "activation": 3}""",
            """{"kind": "check_in", "state": "mixed", "activation": 3.5}""",
            """{"kind": "check_in", "state": "mixed", "activation": "3"}""",
            """{"kind": "check_in", "state": "mixed"}""",
            """{"kind": "check_in", "state": "mixed", "activation": 3, "words": null}""",
            """{"kind": "weekly", "worry": "w", "shared": ["mood"]}""",
        )) {
            assertEquals("BadArguments", talk.code("""{"op": "log", "body": $body}"""), body)
        }
    }

    @Test
    fun `a number off its scale is left to the phone`(@TempDir folder: Path) {
        val talk = open(folder)
        for (body in listOf(
            """{"kind": "check_in", "state": "mixed", "activation": 11}""",
            """{"kind": "check_in", "state": "mixed", "activation": 300}""",
            """{"kind": "check_in", "state": "mixed", "activation": -1}""",
            """{"kind": "exercise", "exercise": "breathe_six", "seconds": -1}""",
            """{"kind": "exercise", "exercise": "breathe_six", "seconds": 5000000000}""",
            """{"kind": "leaning", "closeness": 0, "space": 1}""",
        )) {
            assertEquals("OutOfRange", talk.code("""{"op": "log", "body": $body}"""), body)
        }
    }

    @Test
    fun `arguments that are left over or missing are told, and an id that was never given out is unknown`(@TempDir folder: Path) {
        val talk = open(folder)
        assertEquals("BadArguments", talk.code("""{"op": "share"}"""))
        assertEquals("BadArguments", talk.code("""{"op": "share", "id": "nothing", "also": 1}"""))
        assertEquals("UnknownId", talk.code("""{"op": "share", "id": "nothing"}"""))
        assertEquals("BadArguments", talk.code("""{"op": "meet.dial", "host": "example.org", "port": 1}"""))
        assertEquals("BadArguments", talk.code("""{"op": "meet.dial", "host": "127.0.0.1", "port": 65536}"""))
        assertEquals("BadArguments", talk.code("""{"op": "show", "view": "entries", "kind": "mood"}"""))
    }

    @Test
    fun `a reopened phone has kept everything and repeats no id`(@TempDir folder: Path) {
        val talk = open(folder)
        val log = """{"op": "log", "body": {"kind": "worry", "text": "the trip"}}"""
        val first = talk.ok(log)
        talk.ok("""{"op": "close"}""")
        talk.ok(talk.opening)
        assertNotEquals(first, talk.ok(log))
        assertEquals(2, talk.ok("""{"op": "show", "view": "entries"}""").jsonArray.size)
    }

    @Test
    fun `a wrong key is told and opens nothing`(@TempDir folder: Path) {
        val talk = open(folder)
        assertEquals("Busy", talk.code(talk.opening))
        talk.ok("""{"op": "close"}""")
        assertEquals("WrongKey", talk.code(talk.opening.replace("00112233", "11112233")))
        assertEquals("Closed", talk.code("""{"op": "dump"}"""))
        talk.ok(talk.opening)
    }

    @Test
    fun `a dump holds what was written wherever it lies`(@TempDir folder: Path) {
        val talk = open(folder)
        talk.ok("""{"op": "log", "body": {"kind": "worry", "text": "the trip"}}""")
        val dump = talk.ok("""{"op": "dump"}""").jsonObject
        assertEquals(setOf("documents", "entries", "texts", "views"), dump.keys)
        for (part in dump.keys - "texts") assertTrue("the trip" in dump[part].toString(), part)
        assertTrue(dump["texts"]!!.jsonArray.all { it is JsonObject })
    }

    @Test
    fun `every opening has a number of its own, and a restored phone repeats none`(@TempDir folder: Path) {
        val phone = folder.resolve("not/there/yet")
        assertEquals(listOf(1uL, 2uL, 3uL), List(3) { Epochs.next(phone) })
        Files.writeString(phone.resolve("epoch"), "")
        assertFailsWith<java.io.IOException>("a lost count must not begin again") { Epochs.next(phone) }
        val backup = Files.writeString(folder.resolve("a.backup"), "sealed")
        val (first, second) = Epochs.ofRestoring(backup) to Epochs.ofRestoring(backup)
        assertNotEquals(first, second)
        Epochs.goOnAfter(phone, first)
        assertEquals(first + 1uL, Epochs.next(phone))
    }
}
