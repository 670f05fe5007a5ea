### What a body may show before one knows what one feels.

cue-jaw_tension = Tight jaw
cue-impatience = Impatience
cue-restlessness = Restlessness
cue-tight_chest = Tight chest
cue-heat = Heat
cue-numbness = Numbness
cue-shallow_breath = Shallow breath
cue-pounding_heart = Pounding heart
cue-knot_in_stomach = Knot in the stomach
cue-lump_in_throat = Lump in the throat
cue-raised_shoulders = Raised shoulders
cue-clenched_hands = Clenched hands
cue-cold_hands = Cold hands
cue-trembling = Trembling
cue-heavy_limbs = Heavy arms and legs
cue-foggy_head = Fog in the head
cue-tears_near = Tears close by
cue-far_away = As if far away
