### Everything that is said about the partner or about the other phone. Such texts name what is and what may be done;
### they never say or hint that somebody did not answer, and never judge.

## The two phones

partner-not_paired = No partner is paired.
partner-not_met = The phones are paired and have not met yet.
partner-last_met = The phones last met on { date-day }.
partner-as_of = As of { date-day }
partner-sync_paused = Meeting is paused on this phone.
partner-together_now = The phones are together.
partner-erased_on_both = Erased on both phones, though not from backups or exports.
partner-new_phone = Your partner has a new phone. It proved that it belongs to your partner.
partner-clock_differs = The clocks of the two phones differ. Everything stays dated as it was written.

## Rounds

partner-round_invites_you = An invitation to a round
partner-round_at_most = At most { duration }
partner-round_open_until = Open until { $time }
partner-round_closed = Closed
partner-round_both_reached_out = You both reached out.
partner-round_ready = Both are ready for { duration }.
partner-round_said_ok = Not now, I'm OK
partner-round_limit_is_private = The other phone gets the length that results, never the number that you chose.

## Space with a way back

partner-pledge_until = Space, with a check-in on { date-day } at { $time }
partner-pledge_checked_in = Checked in
partner-pledge_moved = A new time was set.
partner-pledge_as_planned = This is the plan as it was when the phones last met.
partner-return_it_came_back = It came back

## Sharing

partner-shared_with_me = Shared with me
partner-what_the_other_gets = This is exactly what the other phone will get.
partner-from_newer_version = From a newer version of the app; it can be read after an update.
partner-belongs_to_partner = This belongs to your partner, who alone can change it.

## Repair and turn

partner-both_ready = You are both ready to return.
partner-repair_theirs = Your partner's side
partner-turn_speaks = Your partner speaks
partner-turn_listens = Your partner listens

## Why an invitation is not possible now

partner-why_cap = There is no room for another invitation of this kind today. The toolkit is here for you meanwhile.
partner-why_active_pledge = A time for contact is already planned. An invitation can wait until then.
partner-why_resting = After a contact there is a time of rest. A new round can begin when it is over.
partner-why_round_open = A round is open already.
partner-why_not_together = This needs both phones, near each other and with the app open.
partner-why_not_paired = This needs two phones, and no partner is paired.

## Why a meeting did not come about

partner-why_not_your_partners_phone = That phone is not the one that is paired with yours.
partner-why_version_too_old = The app on the other phone needs an update first.
partner-why_version_too_new = This app needs an update first; the other phone has a newer one.
partner-why_unacceptable = The other phone sent something that cannot be accepted. Nothing of it was kept.
partner-why_storage_full = The other phone has no space left. What it had taken before is safe there.
partner-why_refused = The other phone could not take what this one sent. Everything is still here.

## What may be good for the other, offered only where the other shared a state

partner-card_enjoy = Enjoy it together
    .why = A settled moment can simply be shared.
partner-card_appreciate = Say something appreciative
    .why = Something small and true is easy to take in now.
partner-card_small_round = Offer a small round
    .why = A short contact, with an end that is known, may be welcome.
partner-card_few_words = Few words, slow voice
    .why = When much is stirred up, less is easier to take in.
partner-card_breathe = Breathe side by side
    .why = A slow pace nearby asks for nothing.
partner-card_give_space = Space, with a time to come back
    .why = Time apart can be easier when its end is known.
partner-card_warmth = Warmth, no task
    .why = Tea, a blanket, a light left on: nothing that wants a reply.
partner-card_presence = Be near, ask nothing
    .why = Quiet company can be enough. Contact is never forced.
partner-card_small_choice = A very small choice
    .why = "Tea or water?" is easier than "What is it?"
partner-card_ask_which = Ask which would be good
    .why = Closeness or space: only the person concerned knows.
