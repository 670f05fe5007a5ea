contact-release = Release
contact-remaining = Time that remains
contact-ended = Released
