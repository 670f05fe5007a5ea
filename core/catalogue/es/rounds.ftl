### What two people may do in a round. `.text` says it in one line.

round-sit_quietly = Sit near, quietly
    .text = Be in the same room. No talk, no task.
round-breathe_together = Breathe together
    .text = Side by side, slowly, each at an own pace.
round-hand_on_back = A hand on the back
    .text = One hand, resting, not rubbing. Take it away at once when asked.
round-tea = Tea
    .text = A cup each. Talk is allowed and not needed.
round-walk = A short walk
    .text = Side by side. Easy to talk, easy not to.
round-free = Something else
    .text = Whatever both would like now.
