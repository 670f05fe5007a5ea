package app.attune.core

/**
 * Names an entry, and everything that begins with one: a round, a pledge, a repair, a turn.
 *
 * Ids are given out by the phone; those of one author sort in order of writing.
 */
@JvmInline
value class EntryId(val text: String) : Comparable<EntryId> {
    override fun compareTo(other: EntryId): Int = text.compareTo(other.text)

    override fun toString(): String = text

    companion object {
        /** The id in a text that came from outside, such as a notification's intent; `null` where it is none. */
        fun parse(text: String): EntryId? = if (form.matches(text)) EntryId(text.lowercase()) else null

        /** 128 bits, five to a letter; the last letter holds three. */
        private val form = Regex("[0-9a-vA-V]{25}[048cgksoCGKSO]")
    }
}
