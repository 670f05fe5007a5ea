### Maneras de hacer que se ofrecen a lo largo de los pasos.

strategy-mindful_check_in = Mirarse con atención
    .text = Dos veces al día, medio minuto: ¿qué hay en el cuerpo, cuál es la palabra?
strategy-low_pressure_connection = Contacto sin presión
    .text = Algo lado a lado: cocinar, pasear, una película. No es necesario hablar de nada.
strategy-empathy_before_advice = Empatía antes que consejo
    .text = Primero, devolver lo que se ha oído. El consejo puede esperar a que se pida.
strategy-repair_ritual = Un ritual de reparación
    .text = Acordar en los buenos tiempos cómo empieza el camino de vuelta después de los malos.
strategy-structured_check_in = Una conversación con marco
    .text = Las mismas pocas preguntas, a la misma hora, diez minutos. Lo que tiene marco tiene final.
strategy-name_before_solving = Nombrar antes de resolver
    .text = Primero, una palabra para lo que se siente. A menudo queda luego menos por resolver.
