### Lo que uno quisiera hacer en un momento difícil. Alejarse y acercarse están lado a lado y pesan lo mismo.

urge-withdraw = Retirarme
    .text = Irme, callar, que nadie me encuentre.
urge-intellectualise = Pensar en lugar de sentir
    .text = Explicar, analizar, buscar el principio general.
urge-task_focus = Ocuparme
    .text = Hacer algo útil, lo que sea.
urge-text_again = Volver a escribir
    .text = Mandar otro mensaje, llamar otra vez.
urge-fix = Arreglarlo ya
    .text = Resolverlo enseguida, antes de dormir, antes que nada.
urge-protest = Protestar
    .text = Reprochar, alzar la voz, hacerlo notar.
urge-other = Otra cosa
    .text = Otras ganas de actuar.
