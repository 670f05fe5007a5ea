### Days and times. Numbers come from the code; names and their order from here.

date-weekday = { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
date-month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
date-day = { date-weekday }, { $day } { date-month } { $year }
date-today = Today
date-yesterday = Yesterday
duration-seconds = { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }
duration-minutes = { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
duration = { $minutes ->
        [0] { duration-seconds }
       *[other] { $seconds ->
            [0] { duration-minutes }
           *[other] { duration-minutes } { duration-seconds }
        }
    }
