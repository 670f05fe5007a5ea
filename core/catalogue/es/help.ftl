### La página de ayuda: sin conexión, no pregunta nada, no deja rastro. Cada parte tiene título y texto.

help-title = Ayuda
    .text = De esta página no se guarda nada: ni que la has abierto, ni qué has leído.
help-danger = Si estás en peligro
    .text = Si estás en peligro ahora, ve a un lugar seguro si puedes y llama al número de emergencias de tu país. En muchos países es el 112 o el 911.
help-afraid = Si te da miedo tu pareja
    .text = El miedo es razón suficiente para buscar apoyo, haya pasado algo o no. Los teléfonos contra la violencia en la pareja escuchan sin presionar y saben qué es posible donde vives. Usa, si puedes, un teléfono que nadie revise. Esta aplicación se puede dejar, pausar o borrar en cualquier momento.
help-harm = Si piensas en hacerte daño
    .text = Por favor, no te quedes a solas con ello. Llama a emergencias o a una línea de crisis, ve a un hospital, o dile ahora a una persona: «No estoy a salvo a solas».
help-can_it_change = ¿Esto puede cambiar?
    .text = Las maneras de buscar contacto y de alejarse se aprenden, y mucha gente nota que cambian con tiempo, práctica y buenas experiencias. Cuánto y con qué rapidez varía, y nadie puede prometerlo.
help-independence = ¿Conservo mi independencia?
    .text = Sí. Nada aquí te pide cercanía por más tiempo del que te sienta bien. El espacio es parte de la práctica, y un límite solo lo cambia la persona de quien es.
help-where_to_begin = ¿Por dónde empiezo?
    .text = Por lo más pequeño: una vez al día, nota cómo estás y busca una palabra para ello. Con eso basta para una semana.
help-when_professional = Cuándo ayuda un profesional
    .text = Cuando el mismo dolor vuelve una y otra vez, cuando viejas experiencias toman el mando, cuando el sueño, el trabajo o la salud se resienten, o cuando practicar empeora las cosas.
help-kinds = Qué clases hay
    .text = El trabajo centrado en las emociones mira el círculo entre dos personas. El basado en el apego mira cómo se aprendió la cercanía. El de esquemas mira viejos patrones y lo que protegen. El que tiene en cuenta el trauma va despacio con lo que un día desbordó.
help-how_to_choose = Cómo elegir a alguien
    .text = Buenas preguntas para una primera charla: ¿Cómo trabaja con alguien que necesita mucho espacio? ¿Qué pasa si quiero ir más despacio? ¿Puedo parar? Una buena respuesta respeta tanto el deseo de cercanía como la necesidad de espacio. Puedes probar con varias personas antes de decidir.
help-solo = A solas
    .text = Todo, menos las partes para dos teléfonos, se puede usar a solas, tanto tiempo como quieras.
help-offered = La página de ayuda está aquí, por si sirve.
