### Dónde suelen darse los momentos difíciles. Cada persona añade los suyos.

situation-morning = Por la mañana
situation-coming_home = Al llegar a casa
situation-parting = Al despedirse
situation-mealtime = En la mesa
situation-bedtime = Al acostarse
situation-after_work = Después del trabajo
situation-waiting = Durante una espera
situation-messages = Al escribirse mensajes
situation-on_the_phone = Por teléfono
situation-disagreement = Un desacuerdo
situation-hearing_a_complaint = Al oír una queja
situation-being_asked = Cuando me preguntan qué siento
situation-being_close = Después de la cercanía
situation-being_alone = A solas
situation-intimacy = Ternura y sexo
situation-plans = Planes, y planes que cambian
situation-money = Dinero
situation-chores = Tareas de casa
situation-children = Hijos
situation-family = Familia
situation-in_company = Con otra gente
situation-tiredness = Con cansancio o enfermedad
situation-screens = Pantallas
situation-travel = De viaje
