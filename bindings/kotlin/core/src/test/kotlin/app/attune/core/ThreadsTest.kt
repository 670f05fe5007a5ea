package app.attune.core

import java.io.File
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir

@Timeout(120)
class ThreadsTest {
    @Test
    fun `two threads at once lose nothing`() {
        Owner(1).use { owner ->
            val begin = CountDownLatch(1)
            val writing = (1..4).map { number ->
                thread {
                    begin.await()
                    repeat(25) { owner.worry("$number, $it") }
                }
            }
            begin.countDown()
            writing.forEach(Thread::join)
            assertEquals(100, owner.worries().toSet().size)
        }
    }

    @Test
    fun `opening, observing and closing again and again holds on to nothing`(@TempDir folder: Path) {
        fun round(number: Int) {
            val told = CountDownLatch(1)
            val environment = Environment.ofThisMachine()
            Phone.open(folder, KEY, environment).use { phone ->
                phone.observe(observer { told.countDown() }).use {
                    phone.journal().use { journal -> journal.log(Body.Worry(Worry("round $number")), false) }
                    told.await()
                }
                phone.shut()
            }
            environment.close()
        }
        repeat(5, ::round)
        awaitFeedThreads(0)
        val (threads, files) = held()
        repeat(50, ::round)
        awaitFeedThreads(0)
        val (threadsAfter, filesAfter) = held()
        assertTrue(threadsAfter <= threads + 4, "$threads threads became $threadsAfter")
        assertTrue(filesAfter <= files + 4, "$files files became $filesAfter")
    }

    /** How many threads and open files this process has. */
    private fun held(): Pair<Int, Int> =
        File("/proc/self/task").list().orEmpty().size to File("/proc/self/fd").list().orEmpty().size
}
