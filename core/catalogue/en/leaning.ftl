### A two-minute reflection on what one reaches for. Private; there is no result.

leaning-title = What do I reach for?
leaning-intro = Think of the last weeks, and of moments that were hard. Both lines can be high, both can be low, and both change.
leaning-closeness = When it gets hard, I reach for closeness: I want to talk, to hear from the other, to have it settled.
leaning-space = When it gets hard, I reach for space: I want quiet, time for myself, something else to do.
leaning-low = Hardly
leaning-high = Very much
leaning-note = These two lines are a reflection in our own words. They are not a validated test, they name no type, and nobody sees them but you.
leaning-again = You can come back to them whenever you like, and change them.
