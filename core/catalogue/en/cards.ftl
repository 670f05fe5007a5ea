### Cards to write on and to look at. `.text` explains; `.prompt` stands where one writes.

## Before contact: three seconds, then go.

before-soften_face = Soften the face
    .text = Let forehead, eyes and jaw go loose.
before-slow_voice = Slow the voice
    .text = A little slower and lower than usual.
before-side_on = Sit side-on
    .text = Beside one another is easier than face to face.
before-breathe_out = Breathe out first
    .text = One long breath out before the first word.
before-open_hands = Open hands
    .text = Phone away, hands open, nothing to hold on to.
before-no_topic = No topic
    .text = Nothing has to be settled now. Being near is all.

## Two ways of seeing it

reframe-going_quiet = Going quiet
    .text = Going quiet is often protection: a way of keeping things from getting worse. It is not the same as not caring.
reframe-insisting = Insisting
    .text = Insisting is often protection too: a way of making sure that the bond still holds. It is not the same as not respecting the other.

## To write on

card-strength_mine = A strength in me
    .text = One may be the one who sees what is coming, another the one who stays steady. Both are worth something in a storm.
    .prompt = What did I bring today?
card-strength_yours = A strength that I saw in you
    .text = Something small and true is better than something big.
    .prompt = What did I see you do?
card-savour = For hard days
    .text = A good moment, kept, so that it can be found again.
    .prompt = What was good, and where did I feel it?
card-loop_half = Our loop, my half
    .text = Each writes an own half: what I notice, what I do, what I hope for by it. Nobody edits the other's half.
    .prompt = When this happens, I …
card-good_loop = Our good loop
    .text = Loops can be good ones too: at ease, then settled, then turned towards each other.
    .prompt = When I am at ease, I …
card-mine_and_yours = What is mine, what is yours
    .text = For staying oneself while close. A feeling can be shared without being carried for someone else.
    .prompt = Mine is … Yours is …
card-calm_place = A calm place
    .text = A place, real or imagined, where it is easier to breathe.
    .prompt = There I see, hear, feel …
card-support_person = Somebody I can turn to
    .text = People who are good to talk to, and how. Names stay on this phone.
    .prompt = Who, and how do I reach them?
card-wish_together = A wish for us
    .text = Something small to do together.
    .prompt = It would be nice to …
card-wish_alone = A wish for me alone
    .text = Something of my own. Wishes for oneself weigh the same.
    .prompt = I would like time for …
card-belief = Needing others can be a strength
    .text = Once a month: how true is this for me now? There is no right number.
    .prompt = From 0, not at all, to 10, wholly

## What suggests itself for oneself

tip-round = A small round
    .why = A settled moment is a good one for a short contact, with an end that is known.
tip-appreciation = An appreciation
    .why = Easy to say when things are calm, and good to have heard.
tip-keep_it = Keep this moment
    .why = Written down, it can be found again on a harder day.
tip-few_words = Few words
    .why = When much is stirred up, short sentences do less harm.
tip-space_with_return = Space, with a time to come back
    .why = Time apart is often easier on both when it says when it ends.
tip-low_demand = Ask little of yourself
    .why = Warmth first, then one small choice. No contact has to be forced.
tip-tell_one_person = Somebody to talk to
    .why = A person on your own list may be good to hear now.
tip-wait_and_look = Wait and look again
    .why = It need not be clear. In a quarter of an hour it may be clearer.
