### «¿Es seguro usar esto en pareja?», que se lee a solas, antes de enlazar. Las respuestas no se guardan nunca.

safety-title = ¿Es seguro usar esto en pareja?
safety-intro = Unas preguntas, solo para ti. Nada de lo que toques aquí se guarda, y nadie se entera.
safety-afraid = ¿Te da miedo a veces lo que la otra persona pueda hacer?
safety-hurt = ¿Alguien te ha hecho daño, te ha amenazado, retenido o forzado?
safety-watched = ¿Alguien vigila tu teléfono, tu dinero o tus pasos?
safety-no = ¿Te cuesta decir que no, por lo que pueda venir después?
safety-pressed = ¿Alguien te presiona para usar esta aplicación?
safety-yes_to_any = Si algo de esto es así, esta aplicación no es ahora la herramienta adecuada para la pareja. Practicar en compañía pide primero seguridad. Puedes usarlo todo aquí a solas, y la página de ayuda dice dónde hay apoyo.
safety-no_to_all = Si nada de esto es así, puede merecer la pena probar a practicar en compañía. Puedes pausarlo o dejarlo en cualquier momento, sin dar razones.
safety-unsure = Si no lo tienes claro, úsala por ahora a solas. Es una buena manera de empezar.
