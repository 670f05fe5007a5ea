package app.attune.core

import java.net.InetSocketAddress
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import org.junit.jupiter.api.Timeout

/** A pipe into the other phone, as a well-behaved app would make it. */
private open class Across : BytePipe {
    private val input = CompletableFuture<PipeInput>()

    fun leadsTo(other: PipeInput) = input.complete(other)

    override fun send(bytes: ByteArray) = try {
        input.get(20, SECONDS).push(bytes)
    } catch (_: PushException) {
        throw PipeException.Lost()
    }

    override fun hangUp() = input.get(20, SECONDS).closed()
}

/** Two phones that paired over pipes alone, and meet over others. */
@Timeout(120)
class PipesTest {
    private fun across(to: Across, from: Across, dials: (BytePipe) -> PipeInput, answers: (BytePipe) -> PipeInput) {
        val intoDialling = dials(to)
        val intoAnswering = answers(from)
        to.leadsTo(intoAnswering)
        from.leadsTo(intoDialling)
    }

    private fun paired(act: (Owner, Owner, Partner, Partner) -> Unit) {
        Owner(1).use { one ->
            Owner(2).use { other ->
                val (a, b) = one.phone.partner() to other.phone.partner()
                val code = a.offer(HERE, listOf(HERE)).code
                across(Across(), Across(), { b.joinOver(code, it) }, a::answerPipe)
                assertEquals(a.pairingNumber(), b.pairingNumber())
                a.confirmPairing()
                b.confirmPairing()
                act(one, other, a, b)
            }
        }
    }

    @Test
    fun `two phones pair and catch up over pipes`() = paired { one, other, a, b ->
        across(Across(), Across(), b::meetOver, a::answerPipe)
        b.awaitAnswer()
        one.phone.journal().log(Body.Worry(Worry("seen on both")), true)
        assertEquals(1uL, a.settle().sent)
        assertEquals(1uL, b.settle().received)
        val shared = other.phone.journal().sharedWithMe().single()
        assertEquals("worry", shared.kind)
        a.end()
        b.end()
    }

    @Test
    fun `a pipe that throws what nobody foresaw ends its connection and nothing else`() = paired { one, _, a, b ->
        val throwing = object : Across() {
            override fun send(bytes: ByteArray) = error("of the shell")
        }
        across(throwing, Across(), b::meetOver, a::answerPipe)
        assertFailsWith<PhoneException> { b.awaitAnswer() }
        meetsWell(one, a, b)
    }

    @Test
    fun `a pipe that lies about lengths ends its connection and nothing else`() {
        val lies: List<(ByteArray) -> ByteArray> = listOf({ it.copyOf(it.size / 2) }, { it + it }, { ByteArray(0) })
        lies.parallelStream().forEach { lie ->
            paired { one, _, a, b ->
                val lying = object : Across() {
                    override fun send(bytes: ByteArray) = super.send(lie(bytes))
                }
                // Nobody hangs up here: where bytes are missing, the phone that answers gives up waiting for them.
                across(lying, Across(), b::meetOver, a::answerPipe)
                assertFailsWith<PhoneException> { b.awaitAnswer() }
                meetsWell(one, a, b)
            }
        }
    }

    @Test
    fun `a pipe that blocks is given up when the meeting is cancelled`() = paired { one, _, a, b ->
        val entered = CountDownLatch(1)
        val freed = CountDownLatch(1)
        val blocking = object : BytePipe {
            override fun send(bytes: ByteArray) {
                entered.countDown()
                freed.await()
            }

            override fun hangUp() = freed.countDown()
        }
        b.meetOver(blocking)
        assertTrue(entered.await(20, SECONDS))
        b.end()
        assertFailsWith<PhoneException.Interrupted> { b.awaitAnswer() }
        assertTrue(freed.await(20, SECONDS), "nobody hung up")
        meetsWell(one, a, b)
    }

    @Test
    fun `a pipe that swallows everything is left when its app hangs up`() = paired { one, _, a, b ->
        val input = b.meetOver(
            object : BytePipe {
                override fun send(bytes: ByteArray) = Unit

                override fun hangUp() = Unit
            },
        )
        input.closed()
        assertFailsWith<PhoneException> { b.awaitAnswer() }
        meetsWell(one, a, b)
    }

    @Test
    fun `what is pushed after the end is refused`() = paired { _, _, _, b ->
        val input = b.meetOver(Across().apply { leadsTo(b.meetOver(Across())) })
        b.end()
        assertFailsWith<PushException.Gone> { while (true) input.push(ByteArray(10)) }
        input.close()
        assertFailsWith<IllegalStateException> { input.push(ByteArray(10)) }
        assertFailsWith<IndexOutOfBoundsException> { input.push(ByteArray(10), 11) }
    }

    @Test
    fun `a phone without a partner answers no pipe`() {
        Owner(1).use { owner ->
            assertFailsWith<PhoneException.NotPaired> { owner.phone.partner().meetOver(Across()) }
            assertFailsWith<PhoneException.NotPaired> { owner.phone.partner().answerPipe(Across()) }
        }
    }

    private fun meetsWell(one: Owner, a: Partner, b: Partner) {
        val text = "after it ${one.worries().size}"
        one.phone.journal().log(Body.Worry(Worry(text)), true)
        val port = a.listen(HERE)
        b.dial(listOf(InetSocketAddress(HERE, port.toInt())))
        assertEquals(1uL, b.settle().received)
    }
}
