### Counts. They only ever count up: nothing is subtracted, compared or expected.

count-returns = { $count ->
        [0] Here the returns will be listed.
        [one] One return
       *[other] { $count } returns
    }
count-moments = { $count ->
        [0] No moments this week
        [one] One moment this week
       *[other] { $count } moments this week
    }
count-found = { $count ->
        [0] Nothing found
        [one] One entry found
       *[other] { $count } entries found
    }
count-received = { $count ->
        [one] One entry received
       *[other] { $count } entries received
    }
count-sent = { $count ->
        [one] One entry sent
       *[other] { $count } entries sent
    }
