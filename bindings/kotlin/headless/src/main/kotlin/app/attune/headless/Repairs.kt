package app.attune.headless

import app.attune.core.EntryId
import app.attune.core.Part
import app.attune.core.Repairs
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Repair. */
internal val repairOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "repair.pause" to { arguments -> arguments.done().let { made(repairs.pause()) } },
    "repair.ready" to act(Repairs::ready),
    "repair.impact" to say(Repairs::impact),
    "repair.ask" to act(Repairs::ask),
    "repair.need" to say(Repairs::need),
    "repair.agree" to act(Repairs::agree),
    "repair.park" to act(Repairs::park),
    "repair.reopen" to act(Repairs::reopen),
)

internal val repairViews: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "repair" to { arguments ->
        val repair = repairs.view(arguments.onlyId())
        answer(
            "id" to repair.id,
            "stage" to repair.stage,
            "i_am_ready" to repair.iAmReady,
            "mine" to part(repair.mine),
            "theirs" to part(repair.theirs),
        )
    },
)

private fun act(act: Repairs.(EntryId) -> Unit): Opened.(Arguments) -> JsonElement = { arguments ->
    repairs.act(arguments.onlyId())
    done
}

private fun say(say: Repairs.(EntryId, String) -> Unit): Opened.(Arguments) -> JsonElement = { arguments ->
    val (repair, text) = arguments.id("id") to arguments.text("text")
    arguments.done()
    repairs.say(repair, text)
    done
}

private fun part(part: Part): JsonObject =
    answer("impact" to part.impact, "asked" to part.asked, "need" to part.need, "agreed" to part.agreed)
