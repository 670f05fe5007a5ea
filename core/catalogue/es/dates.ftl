### Días y horas. Los números vienen del código; los nombres y su orden, de aquí.

date-weekday = { $weekday ->
        [1] lunes
        [2] martes
        [3] miércoles
        [4] jueves
        [5] viernes
        [6] sábado
       *[7] domingo
    }
date-month = { $month ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] septiembre
        [10] octubre
        [11] noviembre
       *[12] diciembre
    }
date-day = { date-weekday }, { $day } de { date-month } de { $year }
date-today = Hoy
date-yesterday = Ayer
duration-seconds = { $seconds ->
        [one] { $seconds } segundo
       *[other] { $seconds } segundos
    }
duration-minutes = { $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minutos
    }
duration = { $minutes ->
        [0] { duration-seconds }
       *[other] { $seconds ->
            [0] { duration-minutes }
           *[other] { duration-minutes } y { duration-seconds }
        }
    }
