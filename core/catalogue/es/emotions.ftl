### Palabras para lo que se siente, en grupos; completan «Siento …» y por eso son sustantivos. Solo hay palabras para lo
### que se siente, ninguna que diga lo que hizo otra persona, porque esas invitan a discutir.

emotions-glad = Alegría
emotions-calm = Calma
emotions-close = Cercanía
emotions-lively = Viveza
emotions-strong = Fuerza
emotions-sad = Tristeza
emotions-longing = Añoranza
emotions-afraid = Miedo
emotions-angry = Enfado
emotions-hurt = Dolor
emotions-ashamed = Vergüenza
emotions-confused = Confusión
emotions-far_away = Lejanía

## Alegría

emotion-glad = alegría
emotion-happy = felicidad
emotion-cheerful = buen humor
emotion-delighted = deleite
emotion-joyful = júbilo
emotion-playful = ganas de jugar
emotion-amused = diversión
emotion-relieved = alivio
emotion-hopeful = esperanza
emotion-grateful = gratitud

## Calma

emotion-calm = calma
emotion-peaceful = paz
emotion-at_ease = comodidad
emotion-rested = descanso
emotion-content = satisfacción
emotion-safe = seguridad
emotion-steady = firmeza
emotion-unhurried = sosiego
emotion-quiet_inside = silencio por dentro

## Cercanía

emotion-loving = amor
emotion-tender = ternura
emotion-warm = calidez
emotion-close = cercanía
emotion-fond = cariño
emotion-touched = emoción
emotion-caring = ganas de cuidar
emotion-trusting = confianza
emotion-at_home = hogar

## Viveza

emotion-curious = curiosidad
emotion-interested = interés
emotion-lively = viveza
emotion-eager = entusiasmo
emotion-inspired = inspiración
emotion-absorbed = fascinación
emotion-surprised = sorpresa
emotion-amazed = asombro

## Fuerza

emotion-proud = orgullo
emotion-confident = confianza en mí
emotion-brave = valor
emotion-determined = determinación
emotion-capable = capacidad
emotion-free = libertad
emotion-clear = claridad

## Tristeza

emotion-sad = tristeza
emotion-down = desánimo
emotion-heavy_hearted = un peso en el corazón
emotion-disappointed = decepción
emotion-grieving = duelo
emotion-tearful = ganas de llorar
emotion-discouraged = desaliento
emotion-hopeless = desesperanza
emotion-sorry = pena

## Añoranza

emotion-lonely = soledad
emotion-longing = añoranza
emotion-homesick = nostalgia de casa
emotion-missing_someone = ganas de ver a alguien
emotion-wistful = melancolía
emotion-empty = vacío
emotion-alone = desamparo

## Miedo

emotion-afraid = miedo
emotion-worried = preocupación
emotion-uneasy = desasosiego
emotion-nervous = nerviosismo
emotion-tense = tensión
emotion-panicky = pánico
emotion-shaky = temblor
emotion-insecure = inseguridad
emotion-alarmed = alarma
emotion-full_of_dread = pavor

## Enfado

emotion-angry = enfado
emotion-irritated = irritación
emotion-annoyed = molestia
emotion-frustrated = frustración
emotion-furious = furia
emotion-impatient = impaciencia
emotion-resentful = resentimiento
emotion-bitter = amargura
emotion-jealous = celos
emotion-envious = envidia

## Dolor

emotion-hurt = dolor
emotion-raw = carne viva
emotion-stung = una punzada
emotion-thin_skinned = sensibilidad
emotion-vulnerable = vulnerabilidad
emotion-exposed = desnudez

## Vergüenza

emotion-ashamed = vergüenza
emotion-embarrassed = bochorno
emotion-guilty = culpa
emotion-regretful = arrepentimiento
emotion-shy = timidez
emotion-self_conscious = pudor
emotion-not_enough = que no soy suficiente

## Confusión

emotion-confused = confusión
emotion-torn = división por dentro
emotion-uncertain = incertidumbre
emotion-puzzled = extrañeza
emotion-doubtful = duda
emotion-scattered = dispersión
emotion-overwhelmed = agobio
emotion-restless = inquietud

## Lejanía

emotion-tired = cansancio
emotion-exhausted = agotamiento
emotion-drained = debilidad
emotion-numb = embotamiento
emotion-flat = apatía
emotion-distant = distancia
emotion-bored = aburrimiento
emotion-listless = desgana
emotion-closed = cierre por dentro
emotion-foggy = niebla
