### The eight steps for who leans towards distance under stress. `.purpose` says what a step is for; the other parts are
### its actions, by the word in their id.

programme-distance = The eight steps
    .text = For getting to know one's own ways of moving away, and for finding ways back. Any order is fine; this one is suggested.

step-distance-1 = Notice distancing habits
    .purpose = To notice the moment in which one moves away, without having to change it.
    .moment = Note a moment of moving away: going quiet, thinking instead of feeling, getting busy.
    .emotion = For one such moment, name the feeling underneath.
    .sentence = Write one sentence: "I feel … and I need …"
step-distance-2 = Build a vocabulary of feelings
    .purpose = To have more words than "fine" and "stressed".
    .words = Check in with two words for one moment.
    .told = Tell one feeling to somebody whom you trust. It can be anybody.
    .sentence = Write one sentence: "I feel … and I need …"
step-distance-3 = Share small truths
    .purpose = To say small true things while little hangs on them.
    .appreciation = Write down something that you appreciate.
    .need = Write down a need, without apologising for it.
    .sentence = Write one sentence: "I feel … and I need …"
step-distance-4 = Balance space with reassurance
    .purpose = To take space in a way that says when it ends.
    .phrase = Take space with a way back: make a plan that says when you will check in.
    .follow_through = Check in as planned.
    .sentence = Write one sentence: "I feel … and I need …"
step-distance-5 = Practise repair after conflict
    .purpose = To know a way back after it went wrong, so that it need not go right every time.
    .script = Begin one repair.
    .ask_need = Ask what the other needs to feel okay.
    .sentence = Write one sentence: "I feel … and I need …"
step-distance-6 = Map what sets distance off
    .purpose = To see when moving away happens, and what it protects.
    .three_moments = Note three moments in one week.
    .emotion = For one of them, name the feeling that it protected.
    .share_trigger = Share one of them, if and when you like.
step-distance-7 = Practise small vulnerability
    .purpose = To let oneself be known a little, in amounts that feel safe.
    .word = Check in with one word for how you are.
    .said_aloud = Say one appreciation aloud.
    .request = Make one small request for support.
step-distance-8 = Pair space with reassurance
    .purpose = To make space and return go together, until it comes by itself.
    .return_time = Make a plan for space that names its time.
    .sentence = Add a reassuring sentence to one.
    .follow_through = Check in as planned.
