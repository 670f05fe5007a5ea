### Three choices of equal weight, and the own length.

invitation-accept = Yes, for this long
invitation-later = Later, and I say when
invitation-not_now = Not now
invitation-my_length = My length
invitation-add_words = Add words: "Not now, I'm OK"
invitation-private = Without words, nothing is sent.
invitation-expired = The time of this invitation is over.
invitation-changed_mind = It can still be accepted while it is open.
invitation-start = Start
invitation-before = Before it starts
