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

internal val KEY = ByteArray(32) { it.toByte() }

/** Prints one JSON object a row: `{"name","value","unit"}`. Less is better. */
fun main(arguments: Array<String>) {
    val folder = arguments.firstOrNull()?.let(Path::of) ?: usage()
    when {
        arguments.size == 1 -> calls(folder)
        arguments.size == 3 && arguments[1] == "--soak" ->
            soak(folder, arguments[2].toLongOrNull()?.takeIf { it > 0 } ?: usage())
        else -> usage()
    }
}

private fun usage(): Nothing {
    System.err.println("usage: bench-phone FOLDER [--soak SECONDS]")
    exitProcess(2)
}

private fun calls(folder: Path) = Environment.ofThisMachine().use { environment ->
    Phone.open(folder, KEY, environment).use { phone ->
        val journal = phone.journal()
        row("log an entry", micros(2_000) { journal.log(worry, false) }, "µs")
        val page = EntryFilter(limit = 100u)
        row("a page of 100 entries", micros(500) { check(journal.items(page).size == 100) }, "µs")
        row("a change reaches an observer", notice(phone), "µs")
        row("an empty call", micros(20_000) { EMPTY.entriesDone() }, "µs")
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
    val took = List(500) {
        journal.log(worry, false)
        val durable = System.nanoTime()
        (checkNotNull(told.poll(20, SECONDS)) - durable).coerceAtLeast(0)
    }
    observation.use { it.end() }
    return took.sorted()[took.size / 2] / 1_000.0
}

/** A little more than the calls after which the JVM's second compiler sets in. */
private const val WARM_UP = 16_000

internal val worry = Body.Worry(Worry("a worry of some length ".repeat(10)))

/** The median of a call, after so many that the JVM has compiled all that it takes. */
private fun micros(times: Int, call: (Int) -> Unit): Double {
    repeat(WARM_UP, call)
    val took = LongArray(times) {
        val begun = System.nanoTime()
        call(it)
        System.nanoTime() - begun
    }
    took.sort()
    return took[times / 2] / 1_000.0
}

internal fun row(name: String, value: Double, unit: String) =
    println("""{"name":"$name","value":${"%.3f".format(java.util.Locale.ROOT, value)},"unit":"$unit"}""")
