### The six steps for who leans towards closeness under stress. `.purpose` says what a step is for; the other parts are
### its actions, by the word in their id.

programme-closeness = The six steps
    .text = For getting to know one's own ways of reaching out, and for finding calm while waiting. Any order is fine; this one is suggested.

step-closeness-1 = Notice the urge
    .purpose = To notice the moment in which one wants to reach out at once, without having to change it.
    .moment = Note a moment of reaching out: writing again, fixing, protesting.
    .emotion = For one such moment, name the feeling underneath.
    .sentence = Write one sentence: "I feel … and I need …"
step-closeness-2 = Settle by yourself
    .purpose = To have something of one's own that calms, without anybody having to be there.
    .exercise = Do one exercise from the toolkit.
    .alone = Take some time for yourself, and note how it was.
    .sentence = Write one sentence: "I feel … and I need …"
step-closeness-3 = Expect the return
    .purpose = To compare what one expects with what happens.
    .expectation = Note how sure you are that contact comes back.
    .waited = Let a time of distance pass with something of your own.
    .sentence = Write one sentence: "I feel … and I need …"
step-closeness-4 = Receive it
    .purpose = To let a return count, even where it is smaller than hoped for.
    .return = Note one return: it came back.
    .appreciation = Write down something that was good about it.
    .sentence = Write one sentence: "I feel … and I need …"
step-closeness-5 = Keep contact small
    .purpose = To find out that short contact can be enough for now.
    .request = Ask for one small thing.
    .short = Keep one contact short, on purpose.
    .sentence = Write one sentence: "I feel … and I need …"
step-closeness-6 = Let go first
    .purpose = To end a good contact oneself, while it is good.
    .release = Release one round.
    .first = Be the first to say: this was good, I let go now.
    .sentence = Write one sentence: "I feel … and I need …"
