### Una reflexión de dos minutos sobre lo que uno busca. Privada; no hay resultado.

leaning-title = ¿Qué busco?
leaning-intro = Piensa en las últimas semanas y en momentos que fueron difíciles. Las dos líneas pueden ser altas, las dos pueden ser bajas, y las dos cambian.
leaning-closeness = Cuando se pone difícil, busco cercanía: quiero hablar, oír a la otra persona, que quede resuelto.
leaning-space = Cuando se pone difícil, busco espacio: quiero silencio, tiempo para mí, otra cosa que hacer.
leaning-low = Apenas
leaning-high = Mucho
leaning-note = Estas dos líneas son una reflexión con nuestras propias palabras. No son un test validado, no nombran ningún tipo de persona, y solo las ves tú.
leaning-again = Puedes volver a ellas cuando quieras, y cambiarlas.
