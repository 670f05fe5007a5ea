package app.attune.headless

import app.attune.core.Environment
import app.attune.core.Language
import app.attune.core.ManualClock
import app.attune.core.Phone
import app.attune.core.languageFromTag
import app.attune.core.open
import app.attune.core.restore
import java.io.IOException
import java.nio.file.Path
import java.time.OffsetDateTime

/** A phone that is open, and its clock. Each part of it is fetched once. */
internal class Opened(val phone: Phone, val clock: ManualClock) : AutoCloseable {
    private val parts = mutableListOf<AutoCloseable>()

    val journal by part { journal() }
    val partner by part { partner() }
    val together by part { together() }
    val rounds by part { rounds() }
    val limit by part { limit() }
    val pledges by part { pledges() }
    val repairs by part { repairs() }
    val turns by part { turns() }
    val programme by part { programme() }
    val insights by part { insights() }
    val moments by part { moments() }
    val toolkit by part { toolkit() }
    val help by part { help() }
    val upcoming by part { upcoming() }

    private fun <T : AutoCloseable> part(of: Phone.() -> T) = lazy { phone.of().also(parts::add) }

    override fun close() {
        parts.forEach(AutoCloseable::close)
        phone.close()
        clock.close()
    }
}

/** What a phone is made of, where it is made of a backup. */
internal class Backup(val path: Path, val passphrase: String) {
    companion object {
        fun read(arguments: Arguments) = Backup(Path.of(arguments.text("path")), arguments.text("passphrase"))
    }
}

/** What a phone is opened with. */
internal class Opening(
    private val folder: Path,
    private val key: ByteArray,
    private val now: OffsetDateTime,
    private val seed: ULong,
    private val language: Language,
) {
    fun open(backup: Backup?): Opened {
        val epoch = if (backup == null) orElse("StorageFailed", UNUSABLE) { Epochs.next(folder) } else ofRestoring(backup)
        val clock = ManualClock(now)
        val environment = Environment.forTests(clock, seed, epoch)
        val phone = if (backup == null) {
            Phone.open(folder, key, environment)
        } else {
            Phone.restore(backup.path, backup.passphrase, folder, key, environment)
                .also { orElse("StorageFailed", UNUSABLE) { Epochs.goOnAfter(folder, epoch) } }
        }
        phone.speak(language)
        return Opened(phone, clock)
    }

    private fun ofRestoring(backup: Backup) =
        orElse("NoSuchFile", "the backup cannot be read") { Epochs.ofRestoring(backup.path) }

    companion object {
        private const val UNUSABLE = "the folder cannot be used"

        fun read(arguments: Arguments) = Opening(
            folder = Path.of(arguments.text("folder")),
            key = keyOf(arguments.text("key")),
            now = arguments.time("now"),
            seed = arguments.number("seed"),
            language = arguments.maybeText("language")?.let(::languageFromTag) ?: Language.ENGLISH,
        )

        private fun keyOf(digits: String): ByteArray {
            if (!Regex("[0-9a-fA-F]{64}").matches(digits)) throw Fault.bad("\"key\" is not 64 hex digits")
            return digits.chunked(2) { it.toString().toInt(16).toByte() }.toByteArray()
        }

        private fun <T> orElse(code: String, text: String, act: () -> T): T = try {
            act()
        } catch (_: IOException) {
            throw Fault.error(code, text)
        }
    }
}
