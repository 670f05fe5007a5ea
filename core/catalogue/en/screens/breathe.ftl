### Cue, pause, breathe, word: under a minute in its short form.

breathe-cue = What does the body show?
breathe-pause = Pause
breathe-pause_text = Nothing to do for a few seconds.
breathe-in = Breathe in
breathe-out = Breathe out
breathe-rest = Rest
breathe-word = One word for it
breathe-how_now = How is it now?
breathe-shorter = Shorter
breathe-longer = Longer
breathe-hold_text = Hold this text for a moment
breathe-held = It is only here. Decide when the pause is over.
breathe-finished = That was it.
