package app.attune.core

import java.net.InetSocketAddress
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/**
 * Writes a backup as [Phone.backUp] does, on a background thread. [progress] is told now and then how many entries are done.
 * Cancelling the coroutine stops the work; then there is no file.
 */
suspend fun Phone.awaitBackUp(path: Path, passphrase: String, progress: (entries: ULong) -> Unit = {}): Unit =
    working(progress) { work -> backUpWith(path, passphrase, work) }

/**
 * Makes a phone of a backup as [Phone.restore] does, on a background thread. [progress] is told now and then how many entries
 * are done. Cancelling the coroutine stops the work; then there is no phone in the folder, or, where it came too late, one that
 * is closed.
 */
suspend fun Phone.Companion.awaitRestore(
    path: Path,
    passphrase: String,
    folder: Path,
    key: ByteArray,
    environment: Environment = Environment.ofThisMachine(),
    progress: (entries: ULong) -> Unit = {},
): Phone {
    var made: Phone? = null
    try {
        return working(progress) { work -> restore(path, passphrase, folder, key, environment, work).also { made = it } }
    } catch (cancelled: CancellationException) {
        made?.use { it.shut() }
        throw cancelled
    }
}

/**
 * Meets the partner's phone at one of [addresses] and waits until both have caught up; the phones stay connected. Cancelling
 * the coroutine ends the meeting; what was received until then is kept.
 */
suspend fun Partner.awaitMeeting(addresses: List<InetSocketAddress>): Settled {
    val job = currentCoroutineContext().job
    return away(onCancel = { end() }) {
        dial(addresses)
        // While it dialled there was no meeting yet that could be ended.
        if (!job.isActive) end()
        job.ensureActive()
        settle()
    }
}

/** Waits until both phones have caught up on the connection that they have. Cancelling the coroutine ends the meeting. */
suspend fun Partner.awaitSettled(): Settled = away(onCancel = { end() }) { settle() }

/** Waits for the number that both phones show while they pair. Cancelling the coroutine cancels the pairing. */
suspend fun Partner.awaitPairingNumber(): String = away(onCancel = { cancelPairing() }) { pairingNumber() }

/** Says that the numbers are equal, and waits for the partner to say so. Cancelling the coroutine cancels the pairing. */
suspend fun Partner.awaitPairingConfirmed(): Unit = away(onCancel = { cancelPairing() }) { confirmPairing() }

private suspend fun <T> working(progress: (ULong) -> Unit, act: (Work) -> T): T = Work().use { work ->
    coroutineScope {
        val telling = launch {
            while (true) {
                delay(100.milliseconds)
                progress(work.entriesDone())
            }
        }
        away(onCancel = work::cancel) { act(work) }.also { telling.cancel() }
    }
}

/** Does [act], which blocks, on a thread that may wait; [onCancel] is what makes it return early. */
private suspend fun <T> away(onCancel: () -> Unit, act: () -> T): T = coroutineScope {
    val waiting = this
    val isOver = AtomicBoolean()
    // Unconfined: told by whoever cancels, whatever the coroutine's own thread is doing.
    val watching = launch(Dispatchers.Unconfined) {
        try {
            awaitCancellation()
        } finally {
            if (!isOver.get()) onCancel()
        }
    }
    try {
        withContext(Dispatchers.IO) {
            try {
                act()
            } catch (failed: Exception) {
                // What failed because it was cancelled was cancelled.
                waiting.ensureActive()
                throw failed
            }
        }
    } finally {
        isOver.set(true)
        watching.cancel()
    }
}
