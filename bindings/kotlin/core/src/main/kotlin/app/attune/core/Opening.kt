package app.attune.core

import java.nio.ByteBuffer
import java.nio.file.Path

/** Opens the phone in [folder] under the 32 bytes of [key], of which no copy is kept. */
@Throws(PhoneException::class)
fun Phone.Companion.open(
    folder: Path,
    key: ByteArray,
    environment: Environment = Environment.ofThisMachine(),
): Phone = lending(key) { open(folder, it, environment) }

/** Makes a phone in [folder] of the backup at [path], under the 32 bytes of [key], of which no copy is kept. */
@Throws(PhoneException::class)
fun Phone.Companion.restore(
    path: Path,
    passphrase: String,
    folder: Path,
    key: ByteArray,
    environment: Environment = Environment.ofThisMachine(),
    work: Work = Work(),
): Phone = lending(key) { restore(path, passphrase, folder, it, environment, work) }

/** Encrypts the whole file anew under the 32 bytes of [key], of which no copy is kept. */
@Throws(PhoneException::class)
fun Phone.changeKey(key: ByteArray): Unit = lending(key) { changeKey(it) }

/** Bytes that arrived: the first [length] of [bytes]. Blocks until there is room; never for a main thread. */
@Throws(PushException::class)
fun PipeInput.push(bytes: ByteArray, length: Int = bytes.size): Unit = lending(bytes, length) { push(it) }

/** Lends [use] bytes where the core can read them in place, and wipes them afterwards. */
private inline fun <T> lending(bytes: ByteArray, length: Int = bytes.size, use: (ByteBuffer) -> T): T {
    val lent = ByteBuffer.allocateDirect(length)
    // Through a duplicate, whose position may move: rewinding would call what Android lacks before API 33.
    lent.duplicate().put(bytes, 0, length)
    try {
        return use(lent)
    } finally {
        repeat(length) { lent.put(it, 0) }
    }
}
