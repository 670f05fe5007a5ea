### Por qué algo no se hizo: lo que dice una regla de la práctica, y lo que pasó con un archivo, un código o una conexión.
### En ninguno de estos casos se pierde nada. (Lo que toca a la pareja está en about_partner.ftl.)

## Reglas de la práctica

reason-already_set_up = Esto ya se eligió. En cualquier momento se puede poner una duración más corta.
reason-out_of_range = Este valor queda fuera de su escala.
reason-above_own_limit = Es más largo que tu propia duración. Una más corta siempre vale.
reason-not_invitee = Esta elección es de la persona invitada.
reason-round_closed = Esta ronda está cerrada.
reason-not_ready = Esta ronda todavía no está lista. Antes eligen las dos personas.
reason-no_offer = Ahora no hay ninguna oferta de una duración más larga.
reason-not_lower = A mano, la duración solo se puede acortar.
reason-pledge_closed = Este plan ya está cerrado.
reason-in_the_past = Esa hora ya pasó. Por favor, elige una que esté por venir.
reason-wrong_stage = Esto es de otra etapa.
reason-advice_locked = El consejo se abre cuando la otra persona se siente comprendida y lo ha pedido.
reason-not_yours_to_do = En este turno le toca a la otra persona.
reason-name_own_feeling_first = Primero, para ti: ¿qué sientes? Después puedes escuchar.
reason-unknown_action = Este paso no tiene esa acción.

## El archivo

reason-wrong_key = Esta llave no abre el archivo. El archivo quedó como estaba.
reason-damaged = El archivo está dañado. Quedó como estaba; una copia puede ayudar.
reason-too_new = Esto viene de una versión más nueva de la aplicación. Por favor, actualiza antes.
reason-storage_full = No queda sitio en este teléfono. Todo lo escrito hasta ahora está a salvo.
reason-storage_failed = El teléfono no pudo escribir. Todo lo escrito hasta ahora está a salvo; prueba otra vez, por favor.
reason-busy = La aplicación ya está con esto. Prueba otra vez dentro de un momento, por favor.
reason-cancelled = Esto se ha detenido. Todo está como antes.
reason-closed = La aplicación está cerrada.
reason-wrong_passphrase = Esta frase de paso no abre la copia.
reason-no_such_file = Ese archivo o esa carpeta no existe.
reason-occupied = En este teléfono ya hay algo. Una copia solo se puede restaurar en una aplicación vacía.

## Lo que se pidió

reason-bad_arguments = De esta manera no se puede hacer.
reason-unknown_id = Esta entrada ya no está aquí.

## Enlazar y encontrarse

reason-interrupted = La conexión terminó. Lo que llegó está guardado; el resto vendrá la próxima vez.
reason-bad_code = Este código no se puede leer. Por favor, compáralo o vuelve a escanearlo.
reason-offer_over = Este código ya no vale. Por favor, muestra uno nuevo.
reason-other_purpose = Un teléfono empieza de nuevo y el otro sigue tras un robo. Por favor, elegid lo mismo en los dos.
reason-numbers_differ = Si los dos números no coinciden, para aquí y empieza de nuevo con otro código.
reason-no_peer = No hay otro teléfono cerca. Abre la aplicación en los dos, en la misma red.
reason-no_permission = El teléfono no deja que esta aplicación use la red local. Se puede permitir en los ajustes.
