package app.attune.core

import java.net.InetSocketAddress
import java.nio.file.Files
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir

@Timeout(120)
class LongWorkTest {
    @Test
    fun `a backup and its restore are awaited`(@TempDir folder: Path) = runBlocking<Unit> {
        Owner(1).use { owner ->
            owner.worry("the trip")
            val backup = folder.resolve("of today")
            owner.phone.awaitBackUp(backup, "a long passphrase")
            Phone.awaitRestore(backup, "a long passphrase", folder.resolve("phone"), KEY).use { phone ->
                assertEquals(1, phone.journal().items(EntryFilter(kind = "worry")).size)
                phone.shut()
            }
            assertFailsWith<PhoneException.WrongPassphrase> {
                Phone.awaitRestore(backup, "another", folder.resolve("another phone"), KEY)
            }
        }
    }

    @Test
    fun `work that was cancelled fails, and leaves no file`(@TempDir folder: Path) {
        Owner(1).use { owner ->
            owner.worry("the trip")
            val work = Work().apply { cancel() }
            assertFailsWith<PhoneException.Cancelled> { owner.phone.backUpWith(folder.resolve("backup"), "pass", work) }
            assertFalse(Files.exists(folder.resolve("backup")))
        }
    }

    @Test
    fun `cancelling a coroutine stops the core's work`(@TempDir folder: Path) = runBlocking<Unit> {
        Owner(1).use { owner ->
            owner.worry("the trip")
            val backup = folder.resolve("backup")
            owner.phone.awaitBackUp(backup, "pass")
            val phone = folder.resolve("phone")
            // Deriving the key of a backup takes long enough to be caught at it.
            val restoring = launch(start = CoroutineStart.UNDISPATCHED) { Phone.awaitRestore(backup, "pass", phone, KEY) }
            yield()
            restoring.cancelAndJoin()
            assertEquals(emptyList(), phone.toFile().list().orEmpty().toList(), "what the core would have made")
            Phone.open(phone, KEY).use { it.shut() }
        }
    }

    // Shorter than the core itself would wait.
    @Test
    @Timeout(20)
    fun `cancelling a wait for the pairing number cancels the pairing`() = runBlocking<Unit> {
        Owner(1).use { owner ->
            val partner = owner.phone.partner()
            partner.offer(HERE, listOf(HERE))
            val waiting = async(start = CoroutineStart.UNDISPATCHED) { partner.awaitPairingNumber() }
            yield()
            waiting.cancel()
            assertFailsWith<CancellationException> { waiting.await() }
            partner.offer(HERE, listOf(HERE))
            partner.cancelPairing()
        }
    }

    @Test
    fun `a meeting is awaited, and can be cancelled`() = runBlocking<Unit> {
        val (one, other) = couple()
        val (a, b) = one.phone.partner() to other.phone.partner()
        one.phone.journal().log(Body.Worry(Worry("seen on both")), true)
        val address = InetSocketAddress(HERE, a.listen(HERE).toInt())
        assertEquals(1uL, b.awaitMeeting(listOf(address)).received)
        b.end()
        one.phone.shut()
        // Nobody is there: it would be waited for.
        val meeting = launch(Dispatchers.Default) { runCatching { b.awaitMeeting(listOf(address)) } }
        meeting.cancelAndJoin()
        other.worry("afterwards")
        one.close()
        other.close()
    }
}
