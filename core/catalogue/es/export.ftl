### Headings of the exported report, and the words of its charts.

export-title = My Attune
export-period = { $from } to { $to }
export-own_only = This report holds what its writer wrote. It compares nobody.
export-with_shared = It also holds what was shared with the writer, as of the day of sharing.
export-entries = Entries
export-shared_with_me = Shared with me
export-charts = Over time
export-table = The same as a table
export-few_data = There is too little here yet to draw anything.
export-made_by = Made on this phone by Attune. Nothing was sent anywhere.
series-state = How I felt
series-activation_by_exercise = Activation before and after, by exercise
series-cues = What the body showed
series-words = Words for feelings
series-situations = Situations
series-by_hour = By the hour
series-by_weekday = By the day of the week
series-vocabulary = Different words used
series-limit = My own length
series-pledges_kept = My plans, kept
series-pledges_moved = My plans, moved, then kept
series-pledges_after = My plans, checked in afterwards
series-pauses = My pauses, with a return and without
series-returns = Returns that happened
series-repair_time = From rupture to repair
series-alone_calm = Calm before and after time alone
