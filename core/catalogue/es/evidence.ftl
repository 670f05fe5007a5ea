### Lo que se sabe de estas prácticas, dicho con modestia.

evidence-title = Lo que se sabe de esto
evidence-slow_breathing = La respiración lenta cuenta con ensayos que la apoyan. Muestran efectos entre pequeños y medianos sobre el estrés, y no en todo el mundo.
evidence-naming = Nombrar lo que se siente cuenta con ensayos que lo apoyan. A mucha gente un sentimiento le resulta algo más llevadero cuando tiene una palabra.
evidence-catch_release = Tomar contacto y soltar, tal como se practica aquí, no cuenta con ningún ensayo. Está compuesto de ideas que parecen razonables.
evidence-app = Esta aplicación no se ha probado en un ensayo. Ayuda a notar y a practicar; no mide un cuerpo ni trata nada.
evidence-stop = Lo que no sienta bien se puede dejar. Quien mejor sabe qué te ayuda eres tú.
