package app.attune.core

import java.nio.file.Files
import java.nio.file.Path
import java.time.OffsetDateTime
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue
import org.junit.jupiter.api.io.TempDir

class FailuresTest {
    @Test
    fun `a wrong key is told in words that a person can read`(@TempDir folder: Path) {
        Phone.open(folder, KEY).use { it.shut() }
        val failed = assertFailsWith<PhoneException.WrongKey> { Phone.open(folder, ByteArray(32) { 7 }) }
        assertEquals("This key does not open the file. The file was left as it is.", failed.text(Language.ENGLISH))
        assertEquals("Esta llave no abre el archivo. El archivo quedó como estaba.", failed.text(Language.SPANISH))
    }

    @Test
    fun `a refusal names its rule and says it in the owner's language`() {
        Owner(1).use { owner ->
            val beyond = Body.CheckIn(CheckIn(state = FeltState.MIXED, activation = 11u))
            val failed = assertFailsWith<PhoneException.Refused> { owner.phone.journal().log(beyond, false) }
            assertEquals(Refusal.OUT_OF_RANGE, failed.v1)
            assertEquals(failed.v1.text(Language.SPANISH), failed.text(Language.SPANISH))
            assertTrue(failed.text(Language.SPANISH) != failed.text(Language.ENGLISH))
        }
    }

    @Test
    fun `every refusal has words in both languages`() {
        for (refusal in Refusal.entries) {
            val texts = Language.entries.map(refusal::text)
            assertTrue(texts.all { ' ' in it } && texts.toSet().size == texts.size, "$refusal: $texts")
        }
    }

    @Test
    fun `a key of another length is a bad argument`(@TempDir folder: Path) {
        for (length in listOf(0, 31, 33)) {
            assertFailsWith<PhoneException.BadArguments> { Phone.open(folder, ByteArray(length)) }
        }
    }

    @Test
    fun `a closed phone says so`() {
        Owner(1).use { owner ->
            val journal = owner.phone.journal()
            owner.phone.shut()
            assertFailsWith<PhoneException.Closed> { journal.items(EntryFilter()) }
            assertFailsWith<PhoneException.Closed> { owner.phone.observe(Silent) }
        }
    }

    @Test
    fun `a handle that was let go of is refused, and the phone lives on`() {
        Owner(1).use { owner ->
            val journal = owner.phone.journal()
            journal.close()
            assertFailsWith<IllegalStateException> { journal.items(EntryFilter()) }
            journal.close()
            owner.worry("the trip")
            assertEquals(listOf("the trip"), owner.worries())
        }
    }

    @Test
    fun `what is no id is refused before anything happens`() {
        assertNull(EntryId.parse("nothing"))
        assertNull(EntryId.parse("0".repeat(25) + "1"))
        Owner(1).use { owner ->
            val id = owner.worry("the trip")
            assertEquals(id, EntryId.parse(id.text.uppercase()))
            val journal = owner.phone.journal()
            assertFailsWith<PhoneException.UnknownId> { journal.share(EntryId("nothing")) }
            assertFailsWith<PhoneException.UnknownId> { journal.share(EntryId("0".repeat(26))) }
        }
    }

    @Test
    fun `what a newer app wrote breaks no list`(@TempDir folder: Path) {
        val backup = Path.of("../../../core/src/phone/journal/data/from_a_newer_app.attune")
        Phone.restore(backup, "a passphrase", folder.resolve("phone"), KEY).use { phone ->
            val items = phone.journal().use { it.items(EntryFilter()) }
            assertEquals(listOf("worry", "check_in"), items.map { it.kind })
            assertEquals(listOf(Content.Own(Body.Worry(Worry("the trip"))), Content.Newer), items.map { it.content })
            phone.shut()
        }
    }

    @Test
    fun `times cross with their offset, to the millisecond`() {
        for (now in listOf("2026-03-02T19:00:00.123+05:30", "1969-12-31T23:59:59.250-18:00", "9999-12-30T12:00+18:00")) {
            val written = OffsetDateTime.parse(now)
            Owner(1, now = written.plusNanos(456_789).toString()).use { owner ->
                owner.worry("rain")
                val item = owner.phone.journal().use { it.items(EntryFilter()).single() }
                assertEquals(written, item.written)
            }
        }
    }

    @Test
    fun `a time beyond the years that the core knows is a bad argument`() {
        Owner(1).use { owner ->
            for (beyond in listOf(OffsetDateTime.MAX, OffsetDateTime.MIN)) {
                assertFailsWith<PhoneException.BadArguments> { owner.phone.upcoming().until(beyond) }
            }
        }
    }

    @Test
    fun `a backup that is none is damaged`(@TempDir folder: Path) {
        val file = Files.write(folder.resolve("backup"), ByteArray(100))
        val failed = assertFailsWith<PhoneException> { Phone.restore(file, "pass", folder.resolve("phone"), KEY) }
        assertTrue(failed is PhoneException.Damaged || failed is PhoneException.WrongPassphrase, "$failed")
        assertFailsWith<PhoneException.NoSuchFile> {
            Phone.restore(folder.resolve("not there"), "pass", folder.resolve("phone"), KEY)
        }
    }
}

private object Silent : Observer {
    override fun changed(changes: List<Change>) = Unit
}
