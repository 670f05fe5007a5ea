### Títulos del informe exportado, y las palabras de sus gráficos.

export-title = Mi Attune
export-period = Del { $from } al { $to }
export-own_only = Este informe contiene lo que escribió su autor o autora. No compara a nadie.
export-with_shared = Contiene también lo compartido por la otra persona, a fecha del día en que se compartió.
export-entries = Entradas
export-shared_with_me = Compartido conmigo
export-charts = A lo largo del tiempo
export-table = Lo mismo en una tabla
export-few_data = Aquí hay todavía demasiado poco para dibujar algo.
export-made_by = Hecho en este teléfono por Attune. No se ha enviado nada a ningún sitio.
series-state = Cómo me sentí
series-activation_by_exercise = Agitación antes y después, por ejercicio
series-cues = Lo que mostró el cuerpo
series-words = Palabras para lo que siento
series-situations = Situaciones
series-by_hour = Por horas
series-by_weekday = Por días de la semana
series-vocabulary = Palabras distintas usadas
series-limit = Mi propia duración
series-pledges_kept = Mis planes, cumplidos
series-pledges_moved = Mis planes, movidos y luego cumplidos
series-pledges_after = Mis planes, con señales después de la hora
series-pauses = Mis pausas, con regreso y sin él
series-returns = Regresos que ocurrieron
series-repair_time = De la ruptura a la reparación
series-alone_calm = Calma antes y después del tiempo a solas
