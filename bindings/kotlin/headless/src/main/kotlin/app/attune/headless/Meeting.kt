package app.attune.headless

import java.net.InetAddress
import kotlinx.serialization.json.JsonElement

/** Headless phones are heard on this machine and nowhere else. */
private val here: InetAddress = InetAddress.getByAddress(byteArrayOf(127, 0, 0, 1))

/** Pairing with the partner's phone, meeting it, and leaving it. */
internal val meetingOperations: Map<String, Opened.(Arguments) -> JsonElement> = mapOf(
    "pair.offer" to { arguments ->
        arguments.done()
        val shown = partner.offer(here, listOf(here))
        answer("qr" to shown.qr, "code" to shown.code, "port" to shown.port)
    },
    "pair.join" to { arguments ->
        val offer = arguments.text("offer")
        val address = arguments.address()
        arguments.done()
        partner.join(offer, listOf(address))
        done
    },
    "pair.number" to { arguments ->
        arguments.done()
        answer("number" to partner.pairingNumber())
    },
    "pair.confirm" to { arguments -> arguments.done().let { partner.confirmPairing() }.let { done } },
    "pair.cancel" to { arguments -> arguments.done().let { partner.cancelPairing() }.let { done } },
    "meet.listen" to { arguments ->
        arguments.done()
        answer("port" to partner.listen(here))
    },
    "meet.dial" to { arguments ->
        val address = arguments.address()
        arguments.done()
        partner.dial(listOf(address))
        done
    },
    "meet.settle" to { arguments ->
        arguments.done()
        val settled = partner.settle()
        answer(
            "caught_up" to true,
            "sent" to settled.sent,
            "received" to settled.received,
            "bytes_out" to settled.bytesOut,
            "bytes_in" to settled.bytesIn,
            "round_trips" to settled.roundTrips,
        )
    },
    "meet.end" to { arguments -> arguments.done().let { partner.end() }.let { done } },
    "meet.pause" to { arguments -> arguments.done().let { partner.pause() }.let { done } },
    "meet.resume" to { arguments -> arguments.done().let { partner.resume() }.let { done } },
    "unlink" to { arguments ->
        val lastErase = arguments.flag("last_erase")
        arguments.done()
        partner.unlink(lastErase)
        done
    },
)
