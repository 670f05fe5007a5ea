### The help page: offline, asks nothing, leaves no trace. Each part has a title and a text.

help-title = Help
    .text = Nothing about this page is kept: not that you opened it, not what you read.
help-danger = When you are in danger
    .text = If you are in danger now, get to a safe place if you can and call the emergency number of your country. In many countries it is 112 or 911.
help-afraid = When you are afraid of your partner
    .text = Fear is a reason to get support, whatever has or has not happened. Helplines for violence in relationships listen without pressing you and know what is possible where you live. Use a phone that nobody checks, if you can. This app can be left, paused or erased at any moment.
help-harm = When you think of hurting yourself
    .text = Please do not stay alone with it. Call the emergency number or a crisis line, go to a hospital, or tell one person now: "I am not safe by myself."
help-can_it_change = Can this change?
    .text = Ways of reaching out and of moving away are learned, and many people find that they change with time, practice and good experiences. How far and how fast differs, and nobody can promise it.
help-independence = Do I keep my independence?
    .text = Yes. Nothing here asks you to be close for longer than is good for you. Space is part of the practice, and a limit is changed only by the person whose limit it is.
help-where_to_begin = Where do I begin?
    .text = With the smallest thing: once a day, notice how you are, and find one word for it. That is enough for a week.
help-when_professional = When a professional helps
    .text = When the same hurt comes back again and again, when old experiences take over, when sleep, work or health suffer, or when practising makes things worse.
help-kinds = What kinds there are
    .text = Emotionally focused work looks at the loop between two people. Attachment-based work looks at how closeness was learned. Schema work looks at old patterns and what they protect. Trauma-informed work goes slowly with what once overwhelmed.
help-how_to_choose = How to choose somebody
    .text = Good questions for a first talk: How do you work with somebody who needs a lot of space? What happens when I want to slow down? May I stop? A good answer respects both the wish for closeness and the need for space. You may try several people before you decide.
help-solo = By myself
    .text = Everything but the parts for two phones can be used alone, for as long as you like.
help-offered = The help page is here, if it is of use.
