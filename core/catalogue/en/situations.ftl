### Where hard moments tend to happen. People add their own.

situation-morning = In the morning
situation-coming_home = Coming home
situation-parting = Saying goodbye
situation-mealtime = At a meal
situation-bedtime = At bedtime
situation-after_work = After work
situation-waiting = Waiting
situation-messages = Writing messages
situation-on_the_phone = On the phone
situation-disagreement = A disagreement
situation-hearing_a_complaint = Hearing a complaint
situation-being_asked = Being asked what I feel
situation-being_close = After closeness
situation-being_alone = Being alone
situation-intimacy = Tenderness and sex
situation-plans = Plans, and plans that change
situation-money = Money
situation-chores = Housework
situation-children = Children
situation-family = Family
situation-in_company = Among others
situation-tiredness = Being tired or ill
situation-screens = Screens
situation-travel = Travelling
