### Lo que dos personas pueden hacer en una ronda. `.text` lo dice en una línea.

round-sit_quietly = Estar cerca, en silencio
    .text = En la misma habitación. Sin hablar, sin tareas.
round-breathe_together = Respirar en compañía
    .text = Lado a lado, despacio, cada cual a su ritmo.
round-hand_on_back = Una mano en la espalda
    .text = Una mano que descansa, sin frotar. Se retira enseguida si así se pide.
round-tea = Té
    .text = Una taza para cada cual. Hablar está permitido y no es necesario.
round-walk = Un paseo corto
    .text = Lado a lado. Es fácil hablar y es fácil callar.
round-free = Otra cosa
    .text = Lo que apetezca a las dos personas ahora.
