### Los seis pasos para quien bajo presión tiende a la cercanía. `.purpose` dice para qué sirve un paso; las demás partes
### son sus acciones, por la palabra de su identificador.

programme-closeness = Los seis pasos
    .text = Para conocer las propias maneras de buscar contacto y encontrar calma en la espera. Cualquier orden vale; este es el que se propone.

step-closeness-1 = Notar el impulso
    .purpose = Notar el momento en que dan ganas de buscar contacto enseguida, sin tener que cambiarlo.
    .moment = Anota un momento de buscar contacto: volver a escribir, arreglar, protestar.
    .emotion = Para uno de esos momentos, nombra el sentimiento que había debajo.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-closeness-2 = Calmarse a solas
    .purpose = Tener algo propio que calme, sin que nadie tenga que estar.
    .exercise = Haz un ejercicio de la caja.
    .alone = Tómate un tiempo para ti y anota cómo fue.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-closeness-3 = Contar con el regreso
    .purpose = Comparar lo que se espera con lo que ocurre.
    .expectation = Anota con cuánta seguridad esperas que el contacto vuelva.
    .waited = Deja pasar un rato de distancia con algo tuyo.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-closeness-4 = Recibirlo
    .purpose = Dejar que un regreso cuente, también si es menor de lo que se esperaba.
    .return = Anota un regreso: ha vuelto.
    .appreciation = Escribe algo que tuvo de bueno.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-closeness-5 = Mantener pequeño el contacto
    .purpose = Descubrir que un contacto corto puede bastar por ahora.
    .request = Pide una cosa pequeña.
    .short = Haz corto un contacto, a propósito.
    .sentence = Escribe una frase: «Siento … y necesito …»
step-closeness-6 = Soltar primero
    .purpose = Terminar por iniciativa propia un buen contacto, mientras es bueno.
    .release = Suelta una ronda.
    .first = Sé quien dice primero: ha sido bueno, ahora suelto.
    .sentence = Escribe una frase: «Siento … y necesito …»
