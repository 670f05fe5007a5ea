package app.attune.core

import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir

/** What an app has of its own: a screen, and a way to find phones nearby. */
internal interface App {
    fun show(text: String)

    fun announce(port: UShort)

    suspend fun found(): List<InetSocketAddress>
}

// begin: the README's snippet
internal suspend fun App.alone(folder: Path, key: ByteArray): Phone {
    val phone = Phone.open(folder, key)                     // 32 bytes, kept in the Keystore
    phone.journal().log(Body.Worry(Worry("the trip")), share = false)
    val items = phone.watch { journal().items(EntryFilter(limit = 20u)) }
    show("${items.first().size} written")                   // a Flow: now, and whenever it differs
    return phone
}

internal suspend fun App.together(phone: Phone, scanned: String?, wifi: InetAddress) = try {
    val partner = phone.partner()
    if (scanned == null) show(partner.offer(wifi, listOf(wifi)).qr) else partner.join(scanned, emptyList())
    show(partner.awaitPairingNumber())                      // both compare it, and say yes
    partner.awaitPairingConfirmed()
    if (scanned == null) {                                  // from then on one listens, and one dials
        announce(partner.listen(wifi))
        show(phone.watch { partner.status() }.first { it.state == PartnerState.MET }.text)
    } else {
        show("${partner.awaitMeeting(found()).received} entries came")
    }
} catch (failed: PhoneException) {
    show(failed.text(Language.SPANISH))                     // every failure has words for a person
}
// end

@Timeout(60)
class GettingStartedTest {
    /** Both apps, in one room. */
    private class Shown(private val port: CompletableFuture<UShort>) : App {
        val texts = ConcurrentLinkedQueue<String>()
        val offer = CompletableFuture<String>()

        override fun show(text: String) {
            if (text.length > 100) offer.complete(text) else texts += text
        }

        override fun announce(port: UShort) {
            this.port.complete(port)
        }

        override suspend fun found() = listOf(InetSocketAddress(HERE, port.await().toInt()))
    }

    @Test
    fun `two people get started`(@TempDir folder: Path) = runBlocking<Unit>(Dispatchers.Default) {
        val port = CompletableFuture<UShort>()
        val (ada, ben) = Shown(port) to Shown(port)
        val adas = ada.alone(folder.resolve("ada"), KEY)
        val bens = ben.alone(folder.resolve("ben"), KEY)
        val first = async { ada.together(adas, scanned = null, HERE) }
        ben.together(bens, ada.offer.await(), HERE)
        first.await()
        assertEquals("1 written", ada.texts.poll())
        assertEquals("1 written", ben.texts.poll())
        assertEquals(ada.texts.poll(), ben.texts.poll(), "the numbers")
        assertEquals("0 entries came", ben.texts.poll())
        assertEquals(adas.partner().status().text, ada.texts.poll())
        listOf(adas, bens).forEach { it.use { phone -> phone.shut() } }
    }
}
