### Los ocho pasos para quien bajo presión tiende a la distancia. `.purpose` dice para qué sirve un paso; las demás partes
### son sus acciones, por la palabra de su identificador.

programme-distance = Los ocho pasos
    .text = Para conocer las propias maneras de alejarse y encontrar caminos de vuelta. Cualquier orden vale; este es el que se propone.

step-distance-1 = Notar las costumbres de distancia
    .purpose = Notar el momento en que empieza la distancia, sin tener que cambiarlo.
    .moment = Anota un momento de alejarte: callar, pensar en lugar de sentir, ocuparte.
    .emotion = Para uno de esos momentos, nombra el sentimiento que había debajo.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-distance-2 = Reunir palabras para lo que se siente
    .purpose = Tener más palabras que «bien» y «estrés».
    .words = Anota cómo estás con dos palabras para un mismo momento.
    .told = Cuenta un sentimiento a alguien de tu confianza. Puede ser cualquiera.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-distance-3 = Compartir pequeñas verdades
    .purpose = Decir cosas pequeñas y verdaderas cuando depende poco de ellas.
    .appreciation = Escribe algo que agradeces.
    .need = Escribe una necesidad, sin pedir perdón por ella.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-distance-4 = Equilibrar espacio y tranquilidad
    .purpose = Tomar espacio de un modo que diga cuándo termina.
    .phrase = Toma espacio con camino de vuelta: un plan que diga cuándo darás señales.
    .follow_through = Da señales según el plan.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-distance-5 = Practicar la reparación tras un conflicto
    .purpose = Conocer un camino de vuelta cuando algo salió mal, para que no tenga que salir bien siempre.
    .script = Empieza una reparación.
    .ask_need = Pregunta qué necesita la otra persona para estar bien.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-distance-6 = Hacer un mapa de lo que lleva a la distancia
    .purpose = Ver cuándo ocurre el alejarse, y qué protege.
    .three_moments = Anota tres momentos en una semana.
    .emotion = Para uno de ellos, nombra el sentimiento que protegía.
    .share_trigger = Comparte uno, si quieres y cuando quieras.
step-distance-7 = Practicar una vulnerabilidad pequeña
    .purpose = Darse a conocer un poco, en la medida en que resulte seguro.
    .word = Anota cómo estás con una palabra.
    .said_aloud = Di en voz alta algo que agradeces.
    .request = Pide un apoyo pequeño.
step-distance-8 = Unir espacio y tranquilidad
    .purpose = Que espacio y regreso vayan de la mano, hasta que salga por sí mismo.
    .return_time = Haz un plan de espacio que diga su hora.
    .sentence = Añade a uno una frase que tranquilice.
    .follow_through = Da señales según el plan.
