### What one would like to do in a hard moment. Moving away and moving closer stand side by side and weigh the same.

urge-withdraw = Withdraw
    .text = To leave, go quiet, be reached by nobody.
urge-intellectualise = Think instead of feel
    .text = To explain, analyse, find the principle.
urge-task_focus = Get busy
    .text = To do something useful, anything.
urge-text_again = Write again
    .text = To send one more message, to call once more.
urge-fix = Fix it now
    .text = To settle it at once, before sleep, before anything else.
urge-protest = Protest
    .text = To reproach, to get loud, to make it felt.
urge-other = Something else
    .text = Another wish to act.
