### Ways of doing things that are offered along the steps.

strategy-mindful_check_in = A mindful check-in
    .text = Twice a day for half a minute: what is in the body, what is the word?
strategy-low_pressure_connection = Contact without pressure
    .text = Something side by side: cooking, a walk, a film. Nothing has to be talked about.
strategy-empathy_before_advice = Empathy before advice
    .text = First say back what was heard. Advice can wait until it is asked for.
strategy-repair_ritual = A repair ritual
    .text = Agree in good times how the way back begins after bad ones.
strategy-structured_check_in = A check-in with a frame
    .text = The same few questions, at the same time, for ten minutes. What has a frame has an end.
strategy-name_before_solving = Name it before solving it
    .text = One word for the feeling comes first. Often less needs solving then.
