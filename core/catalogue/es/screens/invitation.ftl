### Tres opciones del mismo peso, y la propia duración.

invitation-accept = Sí, durante este tiempo
invitation-later = Luego, y digo cuándo
invitation-not_now = Ahora no
invitation-my_length = Mi duración
invitation-add_words = Añadir unas palabras: «Ahora no, y estoy bien»
invitation-private = Sin palabras, no se envía nada.
invitation-expired = El tiempo de esta invitación ha terminado.
invitation-changed_mind = Se puede aceptar todavía mientras esté abierta.
invitation-start = Empezar
invitation-before = Antes de empezar
