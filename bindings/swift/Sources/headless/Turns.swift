import Attune

/// The empathy turn.
let turnOperations: [String: Operation] = [
    "turn.begin": { phone, arguments in
        let ownFeeling = try arguments.text("own_feeling")
        try arguments.done()
        return made(try phone.turns.begin(ownFeeling: ownFeeling))
    },
    "turn.speak": act { .speak(text: try $0.text("text"), feeling: try $0.text("feeling")) },
    "turn.reflect": act { .reflect(try $0.text("text")) },
    "turn.confirm": act { .confirm(try $0.word("how")) },
    "turn.help": act { .help(try $0.word("wants")) },
    "turn.presence": act { .presence(try $0.text("preset")) },
    "turn.advice": act { .advice(try $0.text("text")) },
    "turn.leave": act { _ in .leave },
    "turn.swap": { phone, arguments in made(try phone.turns.swap(id: try arguments.onlyId())) },
]

let turnViews: [String: Operation] = [
    "turn": { phone, arguments in
        let turn = try phone.turns.view(id: try arguments.onlyId())
        return object([
            "id": turn.id, "stage": wordOf(turn.stage), "i_speak": turn.iSpeak, "tries": turn.tries,
            "advice_open": turn.adviceOpen,
        ])
    }
]

private func act(_ step: @escaping @Sendable (Arguments) throws -> TurnStep) -> Operation {
    { phone, arguments in
        let taken = try step(arguments)
        try phone.turns.act(id: try arguments.onlyId(), step: taken)
        return done
    }
}
