package app.attune.headless

import java.io.IOException
import java.nio.ByteBuffer
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.security.MessageDigest

/** How often a folder was opened: seeded randomness must not repeat itself when the same seed opens the same phone again. */
internal object Epochs {
    private const val FILE = "epoch"

    /** Counts an opening of this folder, from 1. The count is on the disk before anything is drawn. */
    fun next(folder: Path): ULong {
        Files.createDirectories(folder)
        val epoch = (read(folder.resolve(FILE)) ?: 0uL) + 1uL
        write(folder, FILE, epoch)
        return epoch
    }

    /**
     * The epoch in which a phone is made of a backup. The new phone's folder was never opened, and its seed may be that of
     * the lost phone: so its epochs begin far from those of any other phone, at a place that follows from the backup and from
     * how often it was restored. That is counted in a file beside it.
     */
    fun ofRestoring(backup: Path): ULong {
        val content = sha256(Files.readAllBytes(backup))
        val folder = backup.toAbsolutePath().parent
        val count = "${backup.fileName}.restored"
        val times = (read(folder.resolve(count)) ?: 0uL) + 1uL
        write(folder, count, times)
        val place = sha256(content + ByteBuffer.allocate(ULong.SIZE_BYTES).putLong(times.toLong()).array())
        return ByteBuffer.wrap(place).long.toULong()
    }

    /** A phone was made in this folder in this epoch; its next openings go on from there. */
    fun goOnAfter(folder: Path, epoch: ULong) = write(folder, FILE, epoch)

    private fun read(file: Path): ULong? = try {
        Files.readString(file).trim().toULongOrNull() ?: throw IOException("a lost count must not begin again")
    } catch (_: NoSuchFileException) {
        null
    }

    private fun write(folder: Path, name: String, number: ULong) {
        val new = folder.resolve("$name.new")
        Files.writeString(new, number.toString())
        Files.move(new, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
    }

    private fun sha256(bytes: ByteArray): ByteArray = MessageDigest.getInstance("SHA-256").digest(bytes)
}
