### What a notification says only where the phone's owner chose to see more.

notification-detail_check_in = How are you now? A minute is enough.
notification-detail_plan_soon = In ten minutes: the check-in that you planned.
notification-detail_plan_now = Now: the check-in that you planned.
