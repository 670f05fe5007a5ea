package app.attune.bench

import app.attune.core.Body
import app.attune.core.Change
import app.attune.core.EntryFilter
import app.attune.core.Environment
import app.attune.core.Observer
import app.attune.core.Phone
import app.attune.core.Work
import app.attune.core.Worry
import app.attune.core.open
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.system.exitProcess

private val KEY = ByteArray(32) { it.toByte() }

/** Prints one JSON object a row: `{"name","value","unit","goal","reference"}`, as the bench in Rust does. Less is better. */
fun main(arguments: Array<String>) {
    val soakSeconds = when {
        arguments.isEmpty() -> null
        arguments.size == 2 && arguments[0] == "--soak" -> arguments[1].toLongOrNull()?.takeIf { it > 0 } ?: usage()
        else -> usage()
    }
    val folder = Files.createTempDirectory("attune-bench")
    try {
        if (soakSeconds == null) calls(folder) else soak(folder, soakSeconds)
    } finally {
        folder.toFile().deleteRecursively()
    }
}

private fun usage(): Nothing {
    System.err.println("usage: bench-phone [--soak SECONDS]")
    exitProcess(2)
}

private fun calls(folder: Path) = Environment.ofThisMachine().use { environment ->
    Phone.open(folder, KEY, environment).use { phone ->
        val journal = phone.journal()
        row("kotlin: an empty call, p50", micros(20_000) { EMPTY.entriesDone() }, "us")
        // Beside `append` of the bench in Rust, in the same profile: 40 us more at the most.
        row("kotlin: log an entry, p50", micros(2_000) { journal.log(worry(it), false) }, "us")
        val page = EntryFilter(limit = 100u)
        row("kotlin: a page of 100 entries, p50", micros(500) { check(journal.items(page).size == 100) } / 1_000, "ms", 1.0)
        row("kotlin: a change reaches an observer, p50", notice(phone) / 1_000, "ms", 2.0)
        journal.close()
        phone.shut()
    }
}

private val EMPTY = Work()

/** From a change's being durable to its observer's being called. */
private fun notice(phone: Phone): Double {
    val told = LinkedBlockingQueue<Long>()
    val observer = object : Observer {
        override fun changed(changes: List<Change>) {
            told += System.nanoTime()
        }
    }
    val journal = phone.journal()
    val observation = phone.observe(observer)
    told.poll(20, SECONDS)
    val took = List(500) { number ->
        journal.log(worry(number), false)
        val durable = System.nanoTime()
        (checkNotNull(told.poll(20, SECONDS)) - durable).coerceAtLeast(0)
    }
    observation.use { it.end() }
    return took.sorted()[took.size / 2] / 1_000.0
}

/** Rounds of everything that is opened and let go of; what the process holds after a tenth of them, and at the end. */
private fun soak(folder: Path, seconds: Long) {
    val end = System.nanoTime() + SECONDS.toNanos(seconds)
    val settled = System.nanoTime() + SECONDS.toNanos(seconds) / 10
    var rounds = 0
    var first: Held? = null
    while (System.nanoTime() < end) {
        round(folder.resolve("${rounds / 200}"), rounds)
        rounds += 1
        if (first == null && System.nanoTime() > settled) first = held()
    }
    val (before, after) = (first ?: held()) to held()
    row("kotlin: rounds of the soak", rounds.toDouble(), "rounds")
    row("kotlin: memory of the soak", (after.kilobytes - before.kilobytes) / 1_024.0, "MB", 16.0)
    row("kotlin: threads of the soak", (after.threads - before.threads).toDouble(), "threads", 2.0)
    row("kotlin: files of the soak", (after.files - before.files).toDouble(), "files", 2.0)
}

private fun round(folder: Path, number: Int) = Environment.ofThisMachine().use { environment ->
    Files.createDirectories(folder)
    Phone.open(folder, KEY, environment).use { phone ->
        val told = LinkedBlockingQueue<Unit>()
        val observer = object : Observer {
            override fun changed(changes: List<Change>) {
                told += Unit
            }
        }
        phone.observe(observer).use {
            phone.journal().use { journal ->
                journal.log(worry(number), false)
                journal.items(EntryFilter(limit = 20u))
            }
            checkNotNull(told.poll(20, SECONDS))
        }
        phone.shut()
    }
}

private class Held(val kilobytes: Long, val threads: Int, val files: Int)

private fun held(): Held {
    System.gc()
    val status = Files.readAllLines(Path.of("/proc/self/status"))
    val of = { name: String -> status.first { it.startsWith("$name:") }.filter(Char::isDigit).toLong() }
    return Held(of("VmRSS"), of("Threads").toInt(), Path.of("/proc/self/fd").toFile().list().orEmpty().size)
}

private fun worry(number: Int) = Body.Worry(Worry("worry number $number, about as long as people write them"))

/** The median of a call, after as many to warm up. */
private fun micros(times: Int, call: (Int) -> Unit): Double {
    repeat(times, call)
    val took = LongArray(times) {
        val begun = System.nanoTime()
        call(it)
        System.nanoTime() - begun
    }
    took.sort()
    return took[times / 2] / 1_000.0
}

private fun row(name: String, value: Double, unit: String, goal: Double? = null) =
    println("""{"name":"$name","value":${"%.3f".format(java.util.Locale.ROOT, value)},"unit":"$unit","goal":$goal,"reference":null}""")
