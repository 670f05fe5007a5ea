### The first three quiet pages, and the choices on them.

welcome-what = Practise calming down, apart and together
    .text = Attune is for two people who care about each other and find it hard to calm down together. It works in small doses: notice, name, a short contact, let go, find a way back.
welcome-not = What it is not
    .text = It is no therapy and no test. It says nothing about who is right, gives no score, and does not tell either of you what to feel.
welcome-private = What you write stays here
    .text = There is no account and no server. What you write is for you alone, unless you share one thing, on purpose. It reaches one other phone, when both are near.
welcome-language = Language
welcome-lock = A lock for this app
    .text = It protects what you write if somebody else holds your phone.
welcome-length = How long would a first contact be?
    .text = Choose alone, and rather too short than too long. The other phone is never told this number.
welcome-two_ways = Alone or as two
    .text = Everything but the parts for two phones works alone. You can pair at any time, or never.
welcome-backup = A backup
    .text = If this phone is lost, a backup is the only way back to what you wrote.
