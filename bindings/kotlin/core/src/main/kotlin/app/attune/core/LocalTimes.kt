package app.attune.core

import java.time.Instant
import java.time.OffsetDateTime
import java.time.ZoneOffset

/** No instant that the core takes is so many seconds from 1970: what lies beyond is refused as any other bad argument. */
private const val BEYOND = 1_000_000_000_000

/** Milliseconds since 1970 in the upper 52 bits, minutes east of UTC and 2,048 in the lower 12. */
internal fun OffsetDateTime.packed(): Long {
    val milliseconds = toEpochSecond().coerceIn(-BEYOND, BEYOND) * 1_000 + nano / 1_000_000
    return (milliseconds shl 12) + Math.floorDiv(offset.totalSeconds, 60) + 2_048
}

/** What [packed] packed. */
internal fun offsetDateTime(packed: Long): OffsetDateTime {
    val minutes = (packed and 0xFFF).toInt() - 2_048
    return OffsetDateTime.ofInstant(Instant.ofEpochMilli(packed shr 12), ZoneOffset.ofTotalSeconds(minutes * 60))
}
