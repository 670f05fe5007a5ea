### How a person feels now, chosen by that person alone. Plain words; nothing is measured.

state-settled = Settled
    .text = At ease, here, able to take things as they come.
state-activated = Activated
    .text = Stirred up: fast, hot, tight, wanting to do something now.
state-shut_down = Shut down
    .text = Far away, flat or heavy; little feels possible.
state-mixed = Mixed
    .text = Several of these at once, or going back and forth.
state-unsure = Unsure
    .text = Hard to say. That is an answer too.
