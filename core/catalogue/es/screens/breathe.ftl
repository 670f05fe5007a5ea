### Señal, pausa, respiración, palabra: menos de un minuto en su forma corta.

breathe-cue = ¿Qué muestra el cuerpo?
breathe-pause = Pausa
breathe-pause_text = Unos segundos sin nada que hacer.
breathe-in = Toma aire
breathe-out = Suelta el aire
breathe-rest = Descansa
breathe-word = Una palabra para ello
breathe-how_now = ¿Cómo está ahora?
breathe-shorter = Más corto
breathe-longer = Más largo
breathe-hold_text = Retener este texto un momento
breathe-held = Solo está aquí. Decide cuando acabe la pausa.
breathe-finished = Eso ha sido todo.
