### Words for feelings, in groups; they complete "I feel …". There are only words for what one feels, none that say
### what somebody else did (such as "attacked"), because those invite an argument.

emotions-glad = Glad
emotions-calm = Calm
emotions-close = Close
emotions-lively = Lively
emotions-strong = Strong
emotions-sad = Sad
emotions-longing = Longing
emotions-afraid = Afraid
emotions-angry = Angry
emotions-hurt = Hurt
emotions-ashamed = Ashamed
emotions-confused = Confused
emotions-far_away = Far away

## Glad

emotion-glad = glad
emotion-happy = happy
emotion-cheerful = cheerful
emotion-delighted = delighted
emotion-joyful = joyful
emotion-playful = playful
emotion-amused = amused
emotion-relieved = relieved
emotion-hopeful = hopeful
emotion-grateful = grateful

## Calm

emotion-calm = calm
emotion-peaceful = peaceful
emotion-at_ease = at ease
emotion-rested = rested
emotion-content = content
emotion-safe = safe
emotion-steady = steady
emotion-unhurried = unhurried
emotion-quiet_inside = quiet inside

## Close

emotion-loving = loving
emotion-tender = tender
emotion-warm = warm
emotion-close = close
emotion-fond = fond
emotion-touched = touched
emotion-caring = caring
emotion-trusting = trusting
emotion-at_home = at home

## Lively

emotion-curious = curious
emotion-interested = interested
emotion-lively = lively
emotion-eager = eager
emotion-inspired = inspired
emotion-absorbed = absorbed
emotion-surprised = surprised
emotion-amazed = amazed

## Strong

emotion-proud = proud
emotion-confident = confident
emotion-brave = brave
emotion-determined = determined
emotion-capable = capable
emotion-free = free
emotion-clear = clear

## Sad

emotion-sad = sad
emotion-down = down
emotion-heavy_hearted = heavy-hearted
emotion-disappointed = disappointed
emotion-grieving = grieving
emotion-tearful = tearful
emotion-discouraged = discouraged
emotion-hopeless = hopeless
emotion-sorry = sorry

## Longing

emotion-lonely = lonely
emotion-longing = longing
emotion-homesick = homesick
emotion-missing_someone = missing someone
emotion-wistful = wistful
emotion-empty = empty
emotion-alone = alone

## Afraid

emotion-afraid = afraid
emotion-worried = worried
emotion-uneasy = uneasy
emotion-nervous = nervous
emotion-tense = tense
emotion-panicky = panicky
emotion-shaky = shaky
emotion-insecure = insecure
emotion-alarmed = alarmed
emotion-full_of_dread = full of dread

## Angry

emotion-angry = angry
emotion-irritated = irritated
emotion-annoyed = annoyed
emotion-frustrated = frustrated
emotion-furious = furious
emotion-impatient = impatient
emotion-resentful = resentful
emotion-bitter = bitter
emotion-jealous = jealous
emotion-envious = envious

## Hurt

emotion-hurt = hurt
emotion-raw = raw
emotion-stung = stung
emotion-thin_skinned = thin-skinned
emotion-vulnerable = vulnerable
emotion-exposed = exposed

## Ashamed

emotion-ashamed = ashamed
emotion-embarrassed = embarrassed
emotion-guilty = guilty
emotion-regretful = regretful
emotion-shy = shy
emotion-self_conscious = self-conscious
emotion-not_enough = not enough

## Confused

emotion-confused = confused
emotion-torn = torn
emotion-uncertain = uncertain
emotion-puzzled = puzzled
emotion-doubtful = doubtful
emotion-scattered = scattered
emotion-overwhelmed = overwhelmed
emotion-restless = restless

## Far away

emotion-tired = tired
emotion-exhausted = exhausted
emotion-drained = drained
emotion-numb = numb
emotion-flat = flat
emotion-distant = distant
emotion-bored = bored
emotion-listless = listless
emotion-closed = closed
emotion-foggy = foggy
