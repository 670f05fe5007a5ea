### Cómo se siente una persona ahora, elegido solo por ella. Palabras sencillas; no se mide nada.

state-settled = En calma
    .text = A gusto, aquí, con capacidad de tomar las cosas como vienen.
state-activated = Con agitación
    .text = Todo va rápido, con calor o tensión, y ganas de hacer algo ya.
state-shut_down = Con bloqueo
    .text = Lejos, sin fuerza o con peso; casi nada parece posible.
state-mixed = Una mezcla
    .text = Varias cosas a la vez, o un ir y venir entre ellas.
state-unsure = No lo sé
    .text = Es difícil decirlo. También eso es una respuesta.
