contact-release = Soltar
contact-remaining = Tiempo que queda
contact-ended = Contacto terminado
