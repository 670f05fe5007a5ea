package app.attune.headless

import app.attune.core.InternalException
import app.attune.core.PhoneException
import java.io.InputStream
import java.io.OutputStream
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/**
 * The headless phone: a process around one real phone, spoken to in lines of JSON.
 *
 * A thin adapter over the package that apps use (`docs/scenarios.md` §2): it reads arguments, calls the phone, and writes what
 * came of it. No practice rule lives here.
 */
fun main() = converse(System.`in`, System.out)

/** Answers each line with one line. */
internal fun converse(input: InputStream, output: OutputStream) {
    val headless = Headless()
    val lines = input.buffered()
    while (true) {
        val line = lines.line() ?: return
        output.write("${headless.answer(line)}\n".toByteArray())
        output.flush()
    }
}

private fun InputStream.line(): ByteArray? {
    val line = java.io.ByteArrayOutputStream()
    while (true) {
        when (val byte = read()) {
            -1 -> return line.toByteArray().takeIf { it.isNotEmpty() }
            '\n'.code -> return line.toByteArray()
            else -> line.write(byte)
        }
    }
}

/** The phone of this process, once it is open. */
internal class Headless {
    private var opened: Opened? = null

    /** The answer to one line, which never fails. */
    fun answer(line: ByteArray): JsonObject = try {
        val request = objectOf(line)
        val op = request["op"]?.asText() ?: throw Fault.bad("no \"op\"")
        answer("ok" to act(op, Arguments(request - "op")))
    } catch (fault: Fault) {
        answer(fault.said to fault.code, "text" to fault.message)
    }

    private fun act(op: String, arguments: Arguments): JsonElement = try {
        when (op) {
            "open", "restore" -> done.also { opened = open(arguments, ofBackup = op == "restore") }
            "close" -> done.also { close(arguments) }
            else -> {
                val act = operations[op] ?: throw Fault.bad("no such op")
                act(opened ?: throw Fault.error("Closed", "the phone is not open"), arguments)
            }
        }
    } catch (failed: PhoneException) {
        throw Fault.of(failed)
    } catch (stumbled: InternalException) {
        throw Fault.of(stumbled)
    }

    private fun open(arguments: Arguments, ofBackup: Boolean): Opened {
        val backup = if (ofBackup) Backup.read(arguments) else null
        val opening = Opening.read(arguments)
        arguments.done()
        if (opened != null) throw Fault.error("Busy", "the phone is open")
        return opening.open(backup)
    }

    private fun close(arguments: Arguments) {
        arguments.done()
        val closing = opened ?: return
        opened = null
        closing.use { it.phone.shut() }
    }
}

private fun objectOf(line: ByteArray): JsonObject = try {
    val text = Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString()
    Json.parseToJsonElement(text) as? JsonObject ?: throw Fault.bad("no JSON object")
} catch (_: CharacterCodingException) {
    throw Fault.bad("no JSON object")
} catch (_: SerializationException) {
    throw Fault.bad("no JSON object")
}
