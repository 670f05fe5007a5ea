### Cuentas. Solo crecen: no se resta, no se compara, no se espera nada.

count-returns = { $count ->
        [0] Aquí aparecerán los regresos.
        [one] Un regreso
       *[other] { $count } regresos
    }
count-moments = { $count ->
        [0] Ningún momento esta semana
        [one] Un momento esta semana
       *[other] { $count } momentos esta semana
    }
count-found = { $count ->
        [0] No se ha encontrado nada
        [one] Una entrada encontrada
       *[other] { $count } entradas encontradas
    }
count-received = { $count ->
        [one] Una entrada recibida
       *[other] { $count } entradas recibidas
    }
count-sent = { $count ->
        [one] Una entrada enviada
       *[other] { $count } entradas enviadas
    }
