### What a listener may offer in an empathy turn: presence, never a repair of the other's feelings.

presence-i_am_here = I am here.
presence-a_hand = Would a hand be good?
presence-tea = I will make us tea.
presence-quiet = We can be quiet together.
presence-listening = I am listening.
presence-no_hurry = There is no hurry.
presence-thank_you = Thank you for telling me.
presence-with_you = I am with you in this.
presence-makes_sense = It makes sense to me that this is hard.
presence-stay_or_go = I can stay, or leave you in peace. Both are fine.
