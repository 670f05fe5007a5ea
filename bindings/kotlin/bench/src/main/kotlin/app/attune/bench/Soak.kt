package app.attune.bench

import app.attune.core.Change
import app.attune.core.EntryFilter
import app.attune.core.Environment
import app.attune.core.Observer
import app.attune.core.Phone
import app.attune.core.open
import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS

private val HERE = InetAddress.getByName("127.0.0.1")

/** A couple goes on for so many rounds; then others begin. */
private const val ROUNDS_OF_A_COUPLE = 200

/**
 * Rounds of two partners who open their phones, write, are told, meet, and close them. Prints what the process holds at the end
 * beyond what it held after a tenth of the time.
 */
internal fun soak(folder: Path, seconds: Long) {
    val end = System.nanoTime() + SECONDS.toNanos(seconds)
    val settled = System.nanoTime() + SECONDS.toNanos(seconds) / 10
    var rounds = 0
    var first: Held? = null
    while (System.nanoTime() < end) {
        round(folder.resolve("${rounds / ROUNDS_OF_A_COUPLE}"), pair = rounds % ROUNDS_OF_A_COUPLE == 0)
        rounds += 1
        if (first == null && System.nanoTime() > settled) first = held()
    }
    val (before, after) = (first ?: held()) to held()
    row("soak, rounds", rounds.toDouble(), "rounds")
    row("soak, more memory", (after.kilobytes - before.kilobytes) / 1_024.0, "MB")
    row("soak, more threads", (after.threads - before.threads).toDouble(), "threads")
    row("soak, more files", (after.files - before.files).toDouble(), "files")
}

private fun round(couple: Path, pair: Boolean) = opened(couple.resolve("one")) { one ->
    opened(couple.resolve("other")) { other ->
        if (pair) pair(one, other)
        one.writeAndBeTold()
        other.writeAndBeTold()
        meet(one, other)
    }
}

/** A phone while [use] uses it. */
private fun opened(folder: Path, use: (Phone) -> Unit) = Environment.ofThisMachine().use { environment ->
    Files.createDirectories(folder)
    Phone.open(folder, KEY, environment).use { phone ->
        use(phone)
        phone.shut()
    }
}

private fun Phone.writeAndBeTold() {
    val told = LinkedBlockingQueue<Unit>()
    val observer = object : Observer {
        override fun changed(changes: List<Change>) {
            told += Unit
        }
    }
    observe(observer).use {
        journal().use { journal ->
            journal.log(worry, true)
            journal.items(EntryFilter(limit = 20u))
        }
        checkNotNull(told.poll(20, SECONDS))
    }
}

private fun pair(one: Phone, other: Phone) = one.partner().use { a ->
    other.partner().use { b ->
        b.join(a.offer(HERE, listOf(HERE)).qr, emptyList())
        check(a.pairingNumber() == b.pairingNumber())
        a.confirmPairing()
        b.confirmPairing()
        a.pairingOutcome()
        b.pairingOutcome()
    }
}

private fun meet(one: Phone, other: Phone) = one.partner().use { a ->
    other.partner().use { b ->
        b.dial(listOf(InetSocketAddress(HERE, a.listen(HERE).toInt())))
        a.settle()
        b.settle()
        a.end()
        b.end()
    }
}

private class Held(val kilobytes: Long, val threads: Int, val files: Int)

private fun held(): Held {
    System.gc()
    val status = Files.readAllLines(Path.of("/proc/self/status"))
    val of = { name: String -> status.first { it.startsWith("$name:") }.filter(Char::isDigit).toLong() }
    return Held(of("VmRSS"), of("Threads").toInt(), Path.of("/proc/self/fd").toFile().list().orEmpty().size)
}
