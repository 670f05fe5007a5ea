### What is known about these practices, said modestly.

evidence-title = What is known about this
evidence-slow_breathing = Slow breathing has trials behind it. They show small to middling effects on stress, and not for everyone.
evidence-naming = Naming feelings has trials behind it. For many people a feeling becomes a little easier to bear once it has a word.
evidence-catch_release = Catch and release, as it is practised here, has no trials behind it. It is put together from ideas that seem reasonable.
evidence-app = This app has not been tested in a trial. It helps to notice and to practise; it does not measure a body, and it treats nothing.
evidence-stop = Whatever does not feel good can be left out. You know best what helps you.
