### "Is it safe to use this together?", read alone, before pairing. Answers are never kept.

safety-title = Is it safe to use this together?
safety-intro = A few questions, for you alone. Nothing that you tap here is kept, and nobody is told.
safety-afraid = Are you sometimes afraid of what the other may do?
safety-hurt = Have you been hurt, threatened, held or forced?
safety-watched = Are your phone, your money or your ways watched?
safety-no = Is it hard to say no, because of what might follow?
safety-pressed = Does somebody press you to use this app?
safety-yes_to_any = If any of these is so, this app is not the right tool for the two of you now. Practising together asks for safety first. You can use everything here alone, and the help page names ways to get support.
safety-no_to_all = If none of these is so, practising together may be worth a try. You can pause or leave it at any time, without giving a reason.
safety-unsure = If you are not sure, use it alone for now. That is a good way to begin.
