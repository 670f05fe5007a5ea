package app.attune.core

import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.file.Files
import java.nio.file.Path
import java.time.OffsetDateTime

internal val KEY = ByteArray(32) { it.toByte() }
internal val HERE: InetAddress = InetAddress.getByName("127.0.0.1")

/** Somebody with a phone in a folder of its own. */
internal class Owner(
    seed: Int,
    private val folder: Path = Files.createTempDirectory("attune"),
    now: String = "2026-03-02T08:00:00+01:00",
) : AutoCloseable {
    private val clock = ManualClock(OffsetDateTime.parse(now))
    val phone = Phone.open(folder, KEY, Environment.forTests(clock, seed.toULong(), 1u))

    fun worry(text: String): EntryId = phone.journal().use { it.log(Body.Worry(Worry(text)), false) }

    fun worries(): List<String> = phone.journal().use { journal ->
        journal.items(EntryFilter(kind = "worry")).map { ((it.content as Content.Own).v1 as Body.Worry).v1.text }
    }

    override fun close() {
        runCatching { phone.shut() }
        phone.close()
        clock.close()
        folder.toFile().deleteRecursively()
    }
}

/** Two phones that paired over TCP, and met once. */
internal fun couple(): Pair<Owner, Owner> {
    val (one, other) = Owner(1) to Owner(2)
    val (a, b) = one.phone.partner() to other.phone.partner()
    val shown = a.offer(HERE, listOf(HERE))
    b.join(shown.qr, emptyList())
    check(a.pairingNumber() == b.pairingNumber())
    a.confirmPairing()
    b.confirmPairing()
    b.dial(listOf(InetSocketAddress(HERE, a.listen(HERE).toInt())))
    b.settle()
    b.end()
    return one to other
}
