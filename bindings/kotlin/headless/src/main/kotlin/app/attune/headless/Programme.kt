package app.attune.headless

import app.attune.core.Path
import app.attune.core.ProgrammeStep
import kotlinx.serialization.json.JsonElement

/** The programme of steps. */
internal val programmeOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "programme.start" to act { ProgrammeStep.Start },
    "programme.rest" to act { ProgrammeStep.Rest },
    "programme.do" to act { ProgrammeStep.Do(it.text("action")) },
    "programme.advance" to act { ProgrammeStep.Advance },
)

internal val programmeViews: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "programme" to { arguments ->
        val path = arguments.maybeWord<Path>("path") ?: Path.DISTANCE
        arguments.done()
        json(
            programme.steps(path).map { step ->
                answer(
                    "step" to step.step,
                    "state" to step.state,
                    "actions" to step.actions.map { answer("action" to it.action, "done" to it.done) },
                    "suggest_moving_on" to step.suggestMovingOn,
                )
            },
        )
    },
)

private fun act(act: (Arguments) -> ProgrammeStep): Opened.(Arguments) -> JsonElement = { arguments ->
    val taken = act(arguments)
    val step = arguments.smallWhole("step")
    val path = arguments.maybeWord<Path>("path") ?: Path.DISTANCE
    arguments.done()
    programme.act(path, step, taken)
    done
}
