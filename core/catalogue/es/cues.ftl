### Lo que un cuerpo puede mostrar antes de que se sepa qué se siente.

cue-jaw_tension = Mandíbula tensa
cue-impatience = Impaciencia
cue-restlessness = Inquietud
cue-tight_chest = Pecho apretado
cue-heat = Calor
cue-numbness = Entumecimiento
cue-shallow_breath = Respiración corta
cue-pounding_heart = Corazón que golpea
cue-knot_in_stomach = Nudo en el estómago
cue-lump_in_throat = Nudo en la garganta
cue-raised_shoulders = Hombros subidos
cue-clenched_hands = Manos cerradas
cue-cold_hands = Manos frías
cue-trembling = Temblor
cue-heavy_limbs = Brazos y piernas pesados
cue-foggy_head = Niebla en la cabeza
cue-tears_near = Lágrimas cerca
cue-far_away = Como si estuviera lejos
