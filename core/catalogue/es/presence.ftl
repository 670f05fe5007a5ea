### Lo que puede ofrecer quien escucha en un turno de empatía: presencia, nunca arreglar lo que siente la otra persona.

presence-i_am_here = Estoy aquí.
presence-a_hand = ¿Te vendría bien una mano?
presence-tea = Voy a preparar un té.
presence-quiet = Podemos estar en silencio.
presence-listening = Te escucho.
presence-no_hurry = No hay prisa.
presence-thank_you = Gracias por contármelo.
presence-with_you = Estoy contigo en esto.
presence-makes_sense = Entiendo que esto sea difícil.
presence-stay_or_go = Puedo quedarme o dejarte en paz. Las dos cosas están bien.
