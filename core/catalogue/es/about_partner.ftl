### Todo lo que se dice de la pareja o del otro teléfono. Estos textos nombran lo que hay y lo que se puede hacer;
### nunca dicen ni insinúan que alguien dejara algo sin contestar, y nunca juzgan.

## Los dos teléfonos

partner-not_paired = No hay ninguna pareja enlazada.
partner-not_met = Los teléfonos están enlazados y todavía no se han encontrado.
partner-last_met = Los teléfonos se encontraron por última vez el { date-day }.
partner-as_of = A fecha de { date-day }
partner-sync_paused = Los encuentros están en pausa en este teléfono.
partner-together_now = Los teléfonos están conectados.
partner-erased_on_both = Borrado en los dos teléfonos, aunque no en copias ni en exportaciones.
partner-new_phone = Tu pareja tiene un teléfono nuevo. Ha probado que es de tu pareja.
partner-clock_differs = Los relojes de los dos teléfonos no coinciden. Todo conserva la fecha con que se escribió.

## Rondas

partner-round_invites_you = Una invitación a una ronda
partner-round_at_most = Como mucho { duration }
partner-round_open_until = Abierta hasta las { $time }
partner-round_closed = Cerrada
partner-round_both_reached_out = Las dos personas buscaron contacto.
partner-round_ready = Todo listo para { duration }.
partner-round_said_ok = Ahora no, y estoy bien
partner-round_limit_is_private = El otro teléfono recibe la duración que resulta, nunca el número que elegiste.

## Espacio con camino de vuelta

partner-pledge_until = Espacio, con señales el { date-day } a las { $time }
partner-pledge_checked_in = Ha dado señales
partner-pledge_moved = Hay una hora nueva.
partner-pledge_as_planned = Este es el plan tal como estaba cuando los teléfonos se encontraron por última vez.
partner-return_it_came_back = Ha vuelto

## Compartir

partner-shared_with_me = Compartido conmigo
partner-what_the_other_gets = Esto es exactamente lo que recibirá el otro teléfono.
partner-from_newer_version = De una versión más nueva de la aplicación; se podrá leer tras actualizar.
partner-belongs_to_partner = Esto es de tu pareja, y solo tu pareja puede cambiarlo.

## Reparación y turno

partner-both_ready = Todo listo para volver, por ambas partes.
partner-repair_theirs = La parte de tu pareja
partner-turn_speaks = Habla tu pareja
partner-turn_listens = Escucha tu pareja

## Por qué ahora no se puede invitar

partner-why_cap = Hoy no queda sitio para otra invitación de esta clase. Los ejercicios están aquí para ti mientras tanto.
partner-why_active_pledge = Ya hay una hora de contacto prevista. Una invitación puede esperar hasta entonces.
partner-why_resting = Después de un contacto hay un tiempo de descanso. Cuando termine puede empezar otra ronda.
partner-why_round_open = Ya hay una ronda abierta.
partner-why_not_together = Para esto se necesitan los dos teléfonos, cerca y con la aplicación abierta.
partner-why_not_paired = Para esto se necesitan dos teléfonos, y no hay ninguna pareja enlazada.

## Por qué no hubo encuentro

partner-why_not_your_partners_phone = Ese teléfono no es el que está enlazado con el tuyo.
partner-why_version_too_old = La aplicación del otro teléfono necesita antes una actualización.
partner-why_version_too_new = Esta aplicación necesita antes una actualización; el otro teléfono tiene una más nueva.
partner-why_unacceptable = El otro teléfono envió algo que no se puede aceptar. No se ha guardado nada de ello.
partner-why_storage_full = Al otro teléfono no le queda espacio. Lo que ya había recibido está a salvo allí.
partner-why_refused = El otro teléfono no pudo aceptar lo que este envió. Aquí sigue estando todo.

## Lo que puede venir bien a la otra persona, y que se ofrece solo si compartió cómo está

partner-card_enjoy = Disfrutarlo en compañía
    .why = Un momento de calma se puede compartir sin más.
partner-card_appreciate = Decir algo que agradeces
    .why = Algo pequeño y verdadero entra bien ahora.
partner-card_small_round = Ofrecer una ronda pequeña
    .why = Un contacto corto, con un final conocido, puede ser bienvenido.
partner-card_few_words = Pocas palabras, voz lenta
    .why = Cuando hay mucha agitación, menos es más fácil de recibir.
partner-card_breathe = Respirar lado a lado
    .why = Un ritmo lento cerca no pide nada.
partner-card_give_space = Espacio, con una hora de vuelta
    .why = La distancia puede ser más llevadera cuando se conoce su final.
partner-card_warmth = Calor, sin tareas
    .why = Té, una manta, una luz encendida: nada que pida contestación.
partner-card_presence = Estar cerca, sin preguntar
    .why = Una compañía callada puede bastar. El contacto nunca se fuerza.
partner-card_small_choice = Una elección muy pequeña
    .why = «¿Té o agua?» es más fácil que «¿Qué te pasa?».
partner-card_ask_which = Preguntar qué vendría bien
    .why = Cercanía o espacio: solo lo sabe la persona misma.
