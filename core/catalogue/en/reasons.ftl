### Why something was not done: what a practice rule says, and what went wrong with a file, a code or a connection.
### Nothing is lost in any of these cases. (What concerns the partner stands in about_partner.ftl.)

## Practice rules

reason-already_set_up = This was chosen already. A shorter length can be set at any time.
reason-out_of_range = This value lies outside its scale.
reason-above_own_limit = This is longer than your own length. A shorter one is always fine.
reason-not_invitee = This choice belongs to the person who was invited.
reason-round_closed = This round is closed.
reason-not_ready = This round is not ready yet. Both choose first.
reason-no_offer = There is no offer of a longer length now.
reason-not_lower = By hand the length can only be made shorter.
reason-pledge_closed = This plan is closed already.
reason-in_the_past = This time is over. Please choose one that is still to come.
reason-wrong_stage = This belongs to another stage.
reason-advice_locked = Advice opens once the other feels understood and has asked for it.
reason-not_yours_to_do = In this turn it is for the other of you.
reason-name_own_feeling_first = First, for yourself: what do you feel? Then you can listen.
reason-unknown_action = This step has no such action.

## The file

reason-wrong_key = This key does not open the file. The file was left as it is.
reason-damaged = The file is damaged. It was left as it is; a backup may help.
reason-too_new = This comes from a newer version of the app. Please update first.
reason-storage_full = There is no room left on this phone. Everything written so far is safe.
reason-storage_failed = The phone could not write. Everything written so far is safe; please try again.
reason-busy = The app is busy with this already. Please try again in a moment.
reason-cancelled = This was stopped. Everything is as it was before.
reason-closed = The app is closed.
reason-wrong_passphrase = This passphrase does not open the backup.
reason-no_such_file = There is no such file or folder.
reason-occupied = There is something on this phone already. A backup can only be restored into an empty app.

## What was asked

reason-bad_arguments = This cannot be done in this way.
reason-unknown_id = This entry is no longer here.

## Pairing and meeting

reason-interrupted = The connection ended. What had arrived is kept; the rest comes next time.
reason-bad_code = This code cannot be read. Please compare it, or scan it again.
reason-offer_over = This code is no longer valid. Please show a new one.
reason-other_purpose = One phone begins a new pairing, and the other goes on with one after a theft. Please choose the same on both.
reason-numbers_differ = If the two numbers differ, stop here and begin again with a new code.
reason-no_peer = No other phone is near. Open the app on both, in the same network.
reason-no_permission = The phone does not let this app use the local network. It can be allowed in the settings.
