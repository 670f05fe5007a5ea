### Las tres primeras páginas, tranquilas, y lo que se elige en ellas.

welcome-what = Practicar la calma, por separado y en compañía
    .text = Attune es para dos personas que se quieren y a las que les cuesta calmarse cuando están juntas. Funciona en dosis pequeñas: notar, nombrar, un contacto corto, soltar, encontrar el camino de vuelta.
welcome-not = Lo que no es
    .text = No es una terapia ni un test. No dice quién tiene razón, no da puntos y no dice a nadie qué sentir.
welcome-private = Lo que escribes se queda aquí
    .text = No hay cuenta ni servidor. Lo que escribes es solo para ti, a no ser que compartas una cosa, a propósito. Llega a un único teléfono más, cuando los dos están cerca.
welcome-language = Idioma
welcome-lock = Un bloqueo para esta aplicación
    .text = Protege lo que escribes si otra persona tiene tu teléfono en la mano.
welcome-length = ¿Cuánto duraría un primer contacto?
    .text = Elígelo a solas, y mejor demasiado corto que demasiado largo. El otro teléfono nunca conoce este número.
welcome-two_ways = A solas o en pareja
    .text = Todo, menos las partes para dos teléfonos, funciona a solas. Puedes enlazar otro teléfono en cualquier momento, o nunca.
welcome-backup = Una copia de seguridad
    .text = Si este teléfono se extravía, una copia es el único camino de vuelta a lo que escribiste.
