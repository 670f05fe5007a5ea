### Lo que dice un aviso solo cuando la persona dueña del teléfono eligió ver más.

notification-detail_check_in = ¿Cómo estás ahora? Basta un minuto.
notification-detail_plan_soon = En diez minutos: el contacto que tenías en tu plan.
notification-detail_plan_now = Ahora: el contacto que tenías en tu plan.
