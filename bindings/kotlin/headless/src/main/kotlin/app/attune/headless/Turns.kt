package app.attune.headless

import app.attune.core.TurnStep
import kotlinx.serialization.json.JsonElement

/** The empathy turn. */
internal val turnOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "turn.begin" to { arguments ->
        val ownFeeling = arguments.text("own_feeling")
        arguments.done()
        made(turns.begin(ownFeeling))
    },
    "turn.speak" to act { TurnStep.Speak(it.text("text"), it.text("feeling")) },
    "turn.reflect" to act { TurnStep.Reflect(it.text("text")) },
    "turn.confirm" to act { TurnStep.Confirm(it.word("how")) },
    "turn.help" to act { TurnStep.Help(it.word("wants")) },
    "turn.presence" to act { TurnStep.Presence(it.text("preset")) },
    "turn.advice" to act { TurnStep.Advice(it.text("text")) },
    "turn.leave" to act { TurnStep.Leave },
    "turn.swap" to { arguments -> made(turns.swap(arguments.onlyId())) },
)

internal val turnViews: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "turn" to { arguments ->
        val turn = turns.view(arguments.onlyId())
        answer(
            "id" to turn.id,
            "stage" to turn.stage,
            "i_speak" to turn.iSpeak,
            "tries" to turn.tries,
            "advice_open" to turn.adviceOpen,
        )
    },
)

private fun act(step: (Arguments) -> TurnStep): Opened.(Arguments) -> JsonElement = { arguments ->
    val taken = step(arguments)
    turns.act(arguments.onlyId(), taken)
    done
}
