import Attune

/// Headless phones are heard on this machine and nowhere else.
private let here: HostAddress = "127.0.0.1"

/// Pairing with the partner's phone, meeting it, and leaving it.
let meetingOperations: [String: Operation] = [
    "pair.offer": { phone, arguments in
        try arguments.done()
        let shown = try phone.partner.offer(on: here, candidates: [here])
        return object(["qr": shown.qr, "code": shown.code, "port": shown.port])
    },
    "pair.join": { phone, arguments in
        let (offer, address) = (try arguments.text("offer"), try arguments.address())
        try arguments.done()
        try phone.partner.join(offer: offer, addresses: [address])
        return done
    },
    "pair.number": { phone, arguments in
        try arguments.done()
        return object(["number": try phone.partner.pairingNumber()])
    },
    "pair.confirm": plain { try $0.partner.confirmPairing() },
    "pair.cancel": plain { try $0.partner.cancelPairing() },
    "meet.listen": { phone, arguments in
        try arguments.done()
        return object(["port": try phone.partner.listen(on: here)])
    },
    "meet.dial": { phone, arguments in
        let address = try arguments.address()
        try arguments.done()
        try phone.partner.dial(addresses: [address])
        return done
    },
    "meet.settle": { phone, arguments in
        try arguments.done()
        let settled = try phone.partner.settle()
        return object([
            "caught_up": true, "sent": settled.sent, "received": settled.received, "bytes_out": settled.bytesOut,
            "bytes_in": settled.bytesIn, "round_trips": settled.roundTrips,
        ])
    },
    "meet.end": plain { try $0.partner.end() },
    "meet.pause": plain { try $0.partner.pause() },
    "meet.resume": plain { try $0.partner.resume() },
    "unlink": { phone, arguments in
        let lastErase = try arguments.flag("last_erase")
        try arguments.done()
        try phone.partner.unlink(lastErase: lastErase)
        return done
    },
]
