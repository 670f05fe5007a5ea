package app.attune.headless

import java.nio.file.Path
import kotlinx.serialization.json.JsonElement

/** What concerns the whole phone. */
private val wholeOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "now" to { arguments -> arguments.time("at").also { arguments.done() }.let(clock::moveTo).let { done } },
    "setup" to { arguments -> arguments.whole("begin_at_s").also { arguments.done() }.let(limit::begin).let { done } },
    "show" to Opened::show,
    "dump" to Opened::dump,
    "backup" to { arguments ->
        val (path, passphrase) = arguments.text("path") to arguments.text("passphrase")
        arguments.done()
        phone.backUp(Path.of(path), passphrase)
        done
    },
    "export" to { arguments ->
        val folder = Path.of(arguments.text("folder"))
        val range = arguments.range()
        val includeSharedWithMe = arguments.flag("include_shared_with_me")
        arguments.done()
        answer("files" to phone.export(folder, range, includeSharedWithMe))
    },
)

/** All that can be asked of an open phone, by name. */
internal val operations = wholeOperations + journalOperations + meetingOperations + roundOperations + pledgeOperations +
    repairOperations + turnOperations + programmeOperations + helpOperations
