import Attune

/// The programme of steps.
let programmeOperations: [String: Operation] = [
    "programme.start": act { _ in .start },
    "programme.rest": act { _ in .rest },
    "programme.do": act { .`do`(try $0.text("action")) },
    "programme.advance": act { _ in .advance },
]

let programmeViews: [String: Operation] = [
    "programme": { phone, arguments in
        let path: Path = try arguments.maybeWord("path") ?? .distance
        try arguments.done()
        return try phone.programme.steps(path: path).map { step in
            object([
                "step": step.step, "state": wordOf(step.state),
                "actions": step.actions.map { object(["action": $0.action, "done": $0.done]) },
                "suggest_moving_on": step.suggestMovingOn,
            ])
        }.json
    }
]

private func act(_ act: @escaping @Sendable (Arguments) throws -> ProgrammeStep) -> Operation {
    { phone, arguments in
        let taken = try act(arguments)
        let step = try arguments.smallWhole("step")
        let path: Path = try arguments.maybeWord("path") ?? .distance
        try arguments.done()
        try phone.programme.act(path: path, step: step, act: taken)
        return done
    }
}
