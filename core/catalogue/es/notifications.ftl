### Lo que una pantalla bloqueada puede mostrar a cualquiera. Nunca dice que haya otra persona, un sentimiento o un plan.

notification-title = Attune
notification-plain = Un aviso que pusiste.
