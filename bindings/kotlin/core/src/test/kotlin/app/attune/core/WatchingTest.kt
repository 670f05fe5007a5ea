package app.attune.core

import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Timeout

@Timeout(60)
class WatchingTest {
    @Test
    fun `an observer is told everything first, then what changed`(): Unit = Owner(1).use { owner ->
        val told = LinkedBlockingQueue<List<Change>>()
        val observation = owner.phone.observe(observer { told += it })
        assertEquals(listOf(Change.KEPT, Change.COMPANY), told.poll(20, SECONDS))
        owner.worry("the trip")
        assertEquals(listOf(Change.KEPT), told.poll(20, SECONDS))
        observation.close()
    }

    @Test
    fun `an observer may call the phone`(): Unit = Owner(1).use { owner ->
        val seen = LinkedBlockingQueue<List<String>>()
        val observation = owner.phone.observe(observer { seen += owner.worries() })
        assertEquals(emptyList(), seen.poll(20, SECONDS))
        owner.worry("the trip")
        assertEquals(listOf("the trip"), seen.poll(20, SECONDS))
        observation.close()
    }

    @Test
    fun `an observer that throws harms nobody, and is told again`(): Unit = Owner(1).use { owner ->
        val calls = LinkedBlockingQueue<List<Change>>()
        val observation = owner.phone.observe(
            observer {
                calls += it
                error("of the shell")
            },
        )
        calls.poll(20, SECONDS)
        owner.worry("the trip")
        assertEquals(listOf(Change.KEPT), calls.poll(20, SECONDS))
        assertEquals(listOf("the trip"), owner.worries())
        observation.close()
    }

    @Test
    fun `an observer that blocks holds up nobody but itself`(): Unit = Owner(1).use { owner ->
        val free = CountDownLatch(1)
        val entered = CountDownLatch(1)
        val blocked = owner.phone.observe(
            observer {
                entered.countDown()
                free.await()
            },
        )
        entered.await()
        val told = LinkedBlockingQueue<List<Change>>()
        val other = owner.phone.observe(observer { told += it })
        told.poll(20, SECONDS)
        owner.worry("the trip")
        assertEquals(listOf(Change.KEPT), told.poll(20, SECONDS))
        blocked.close()
        free.countDown()
        other.close()
    }

    @Test
    fun `a watched value comes at once, and again when it differs`() = runBlocking<Unit> {
        Owner(1).use { owner ->
            val values = Channel<Int>(Channel.UNLIMITED)
            val watching = launch { owner.phone.watch(setOf(Change.KEPT)) { owner.worries().size }.collect(values::send) }
            withTimeout(20_000) {
                assertEquals(0, values.receive())
                owner.worry("the trip")
                assertEquals(1, values.receive())
            }
            watching.cancelAndJoin()
        }
    }

    @Test
    fun `a state follows the phone`() = runBlocking<Unit> {
        Owner(1).use { owner ->
            val viewModel = CoroutineScope(Dispatchers.Default)
            val worries = owner.phone.watch { owner.worries() }.stateIn(viewModel)
            assertEquals(emptyList(), worries.value)
            owner.worry("the trip")
            withTimeout(20_000) { worries.first { it == listOf("the trip") } }
            viewModel.cancel()
        }
    }

    @Test
    fun `whoever stops collecting lets go of the observer`() = runBlocking<Unit> {
        Owner(1).use { owner ->
            val before = feedThreads()
            repeat(20) { withTimeout(20_000) { owner.phone.changes().first() } }
            awaitFeedThreads(before)
        }
    }

    @Test
    fun `whoever lets go of the handle is told no more`(): Unit = Owner(1).use { owner ->
        val before = feedThreads()
        val told = LinkedBlockingQueue<List<Change>>()
        owner.phone.observe(observer { told += it }).close()
        awaitFeedThreads(before)
        told.clear()
        owner.worry("the trip")
        assertTrue(told.isEmpty())
    }

    @Test
    fun `a flow ends with the phone whatever it watches for`() = runBlocking<Unit> {
        val owner = Owner(1)
        val watching = owner.phone.watch(setOf(Change.COMPANY)) { 1 }.produceIn(this)
        withTimeout(20_000) {
            assertEquals(1, watching.receive())
            owner.phone.shut()
            assertTrue(watching.receiveCatching().isClosed)
        }
        owner.close()
    }

    @Test
    fun `a flow of a closed phone fails, and one that is closed ends`() = runBlocking<Unit> {
        val owner = Owner(1)
        val values = CopyOnWriteArrayList<Int>()
        val first = CountDownLatch(1)
        val watching = launch(Dispatchers.Default) {
            owner.phone.watch { owner.worries().size }.collect {
                values += it
                first.countDown()
            }
        }
        assertTrue(first.await(20, SECONDS))
        owner.phone.shut()
        withTimeout(20_000) { watching.join() }
        assertFailsWith<PhoneException.Closed> { owner.phone.changes().first() }
        assertEquals(listOf(0), values)
        owner.close()
    }
}

internal fun observer(told: (List<Change>) -> Unit): Observer = object : Observer {
    override fun changed(changes: List<Change>) = told(changes)
}

/** Threads of the core that keep an observer told. */
internal fun feedThreads(): Int = java.io.File("/proc/self/task").listFiles().orEmpty().count { task ->
    runCatching { java.io.File(task, "comm").readText().startsWith("attune-feed") }.getOrDefault(false)
}

internal fun awaitFeedThreads(atMost: Int) {
    val end = System.nanoTime() + 30_000_000_000
    while (feedThreads() > atMost) {
        check(System.nanoTime() < end) { "${feedThreads()} threads still tell observers, not $atMost" }
        Thread.yield()
    }
}
