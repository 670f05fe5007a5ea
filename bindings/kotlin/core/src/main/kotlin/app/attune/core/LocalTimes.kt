package app.attune.core

import java.time.OffsetDateTime
import java.time.format.DateTimeFormatter
import java.time.temporal.ChronoUnit

/** This time as the core reads it: RFC 3339, cut to milliseconds, the seconds always present. */
internal fun OffsetDateTime.toRfc3339(): String =
    truncatedTo(ChronoUnit.MILLIS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
