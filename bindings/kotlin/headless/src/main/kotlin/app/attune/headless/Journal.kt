package app.attune.headless

import app.attune.core.AnswerWith
import app.attune.core.TogetherField
import kotlinx.serialization.json.JsonElement

/** Writing down, editing, sharing, erasing, answering; and the document that both write. */
internal val journalOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "log" to { arguments ->
        val body = bodyOf(arguments.value("body"))
        val share = arguments.flag("share")
        arguments.done()
        made(journal.log(body, share))
    },
    "edit" to { arguments ->
        val id = arguments.id("id")
        val body = bodyOf(arguments.value("body"))
        arguments.done()
        made(journal.edit(id, body))
    },
    "share" to { arguments -> made(journal.share(arguments.onlyId())) },
    "erase" to { arguments -> arguments.ids("ids").also { arguments.done() }.let(journal::erase).let { done } },
    "answer" to { arguments ->
        val request = arguments.id("id")
        val with = arguments.word<AnswerWith>("with")
        val text = arguments.maybeText("text")
        arguments.done()
        made(journal.answer(request, with, text))
    },
    "together.set" to { arguments ->
        val field = arguments.word<TogetherField>("field")
        val value = arguments.together("value")
        arguments.done()
        together.set(field, value)
        done
    },
    "together.pick" to { arguments ->
        val field = arguments.word<TogetherField>("field")
        val value = arguments.together("value")
        arguments.done()
        together.pick(field, value)
        done
    },
)
