### What a lock screen may show to anybody. It never tells that another person, a feeling or a plan is involved.

notification-title = Attune
notification-plain = A reminder that you set.
