### Tarjetas para escribir y para mirar. `.text` explica; `.prompt` está donde se escribe.

## Antes del contacto: tres segundos, y adelante.

before-soften_face = Ablandar la cara
    .text = Deja sueltas la frente, los ojos y la mandíbula.
before-slow_voice = Bajar el ritmo de la voz
    .text = Un poco más lenta y más grave que de costumbre.
before-side_on = Sentarse de lado
    .text = Lado a lado es más fácil que cara a cara.
before-breathe_out = Primero, soltar el aire
    .text = Una espiración larga antes de la primera palabra.
before-open_hands = Manos abiertas
    .text = El teléfono aparte, las manos abiertas, nada que sujetar.
before-no_topic = Sin tema
    .text = Ahora no es necesario resolver nada. Basta con estar cerca.

## Dos maneras de verlo

reframe-going_quiet = Callar
    .text = Callar es a menudo una protección: una manera de que las cosas no empeoren. No es lo mismo que no querer.
reframe-insisting = Insistir
    .text = También insistir es a menudo una protección: una manera de comprobar que el vínculo sigue ahí. No es lo mismo que no respetar a la otra persona.

## Para escribir

card-strength_mine = Una fortaleza mía
    .text = Hay quien ve lo que se acerca y hay quien mantiene la calma. Las dos cosas valen en una tormenta.
    .prompt = ¿Qué he aportado hoy?
card-strength_yours = Una fortaleza que vi en ti
    .text = Algo pequeño y verdadero es mejor que algo grande.
    .prompt = ¿Qué te vi hacer?
card-savour = Para días difíciles
    .text = Un buen momento, guardado para poder encontrarlo otra vez.
    .prompt = ¿Qué fue bueno, y en qué parte del cuerpo lo noté?
card-loop_half = Nuestro círculo, mi mitad
    .text = Cada persona escribe su mitad: qué noto, qué hago, qué espero con ello. Nadie corrige la mitad ajena.
    .prompt = Cuando esto pasa, yo …
card-good_loop = Nuestro círculo bueno
    .text = También hay círculos buenos: a gusto, luego en calma, luego mirándose.
    .prompt = Cuando estoy a gusto, yo …
card-mine_and_yours = Qué es mío y qué es tuyo
    .text = Para seguir siendo tú en la cercanía. Un sentimiento se puede compartir sin cargarlo por otra persona.
    .prompt = Mío es … Tuyo es …
card-calm_place = Un lugar tranquilo
    .text = Un lugar, real o imaginado, donde se respira mejor.
    .prompt = Allí veo, oigo, siento …
card-support_person = Alguien a quien acudir
    .text = Personas con quienes es bueno hablar, y cómo. Los nombres se quedan en este teléfono.
    .prompt = ¿Quién, y cómo hablo con esa persona?
card-wish_together = Un deseo para la pareja
    .text = Algo pequeño que hacer en compañía.
    .prompt = Sería bonito …
card-wish_alone = Un deseo solo para mí
    .text = Algo propio. Los deseos para ti pesan lo mismo.
    .prompt = Me gustaría tener tiempo para …
card-belief = Necesitar a otras personas puede ser una fortaleza
    .text = Una vez al mes: ¿hasta qué punto es verdad para mí ahora? No hay número correcto.
    .prompt = De 0, nada, a 10, del todo

## Lo que se ofrece para una misma persona

tip-round = Una ronda pequeña
    .why = Un momento de calma es bueno para un contacto corto, con un final conocido.
tip-appreciation = Algo que agradeces
    .why = Fácil de decir cuando hay calma, y bueno de oír.
tip-keep_it = Guardar este momento
    .why = Por escrito, se puede encontrar en un día más difícil.
tip-few_words = Pocas palabras
    .why = Cuando hay mucha agitación, las frases cortas hacen menos daño.
tip-space_with_return = Espacio, con una hora de vuelta
    .why = La distancia suele ser más llevadera para las dos personas cuando dice cuándo termina.
tip-low_demand = Pedirte poco
    .why = Primero calor, luego una elección pequeña. Ningún contacto es obligado.
tip-tell_one_person = Alguien con quien hablar
    .why = Oír a una persona de tu lista puede venir bien ahora.
tip-wait_and_look = Esperar y volver a mirar
    .why = No es necesario que esté claro. En un cuarto de hora puede estarlo más.
