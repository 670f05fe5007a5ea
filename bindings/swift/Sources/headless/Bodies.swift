import Attune

/// Reads `{"kind": …, fields}`. A whole number off its scale is for the phone to refuse.
func bodyOf(_ json: Json) throws -> Body {
    guard var fields = json.asObject else { throw Fault.bad("\"body\" is no object") }
    guard let kind = fields.removeValue(forKey: "kind")?.asText else { throw Fault.bad("\"body\" has no \"kind\"") }
    let given = Arguments(fields)
    let body = try given.body(ofKind: kind)
    try given.done()
    return body
}

extension Arguments {
    fileprivate func body(ofKind kind: String) throws -> Body {
        switch kind {
        case "check_in":
            .checkIn(
                CheckIn(
                    state: try word("state"), words: try texts("words"), cues: try texts("cues"),
                    activation: try scale("activation"), safety: try maybeScale("safety"), note: try maybeText("note")))
        case "moment":
            .moment(
                Moment(
                    urge: try text("urge"), situation: try maybeText("situation"), cue: try maybeText("cue"),
                    emotion: try maybeText("emotion"), need: try maybeText("need")))
        case "sentence": .sentence(Sentence(feeling: try text("feeling"), need: try text("need")))
        case "appreciation":
            .appreciation(
                Appreciation(text: try text("text"), saidAloud: try unlessLeftOut("said_aloud", flag) ?? false))
        case "worry": .worry(Worry(text: try text("text")))
        case "need": .need(Need(text: try text("text")))
        case "request": .request(Request(text: try text("text")))
        case "answer":
            .answer(Answer(request: try id("request"), with: try word("with"), text: try maybeText("text")))
        case "weekly":
            .weekly(
                Weekly(
                    appreciation: try maybeText("appreciation"), worry: try maybeText("worry"),
                    need: try maybeText("need"), request: try maybeText("request"), trigger: try maybeText("trigger"),
                    wishTogether: try maybeText("wish_together"), wishAlone: try maybeText("wish_alone"),
                    shared: try unlessLeftOut("shared") { try maybeWords($0) ?? [] } ?? []))
        case "alone":
            .alone(
                Alone(
                    aloneKind: try word("alone_kind"), began: try maybeTime("began"), ended: try maybeTime("ended"),
                    calmBefore: try maybeScale("calm_before"), calmAfter: try maybeScale("calm_after"),
                    pledge: try maybeId("pledge")))
        case "expectation": .expectation(Expectation(sureness: try scale("sureness")))
        case "return": .`return`(Return(expectation: try maybeId("expectation")))
        case "exercise":
            .exercise(
                Exercise(
                    exercise: try text("exercise"), seconds: try maybeSeconds("seconds"),
                    activationBefore: try maybeScale("activation_before"),
                    activationAfter: try maybeScale("activation_after")))
        case "leaning": .leaning(Leaning(closeness: try scale("closeness"), space: try scale("space")))
        case "strength": .strength(Strength(whose: try word("whose"), text: try text("text")))
        case "savour": .savour(Savour(text: try text("text")))
        case "loop_half": .loopHalf(LoopHalf(text: try text("text")))
        case "calm_place": .calmPlace(CalmPlace(text: try text("text")))
        case "support_person": .supportPerson(SupportPerson(name: try text("name"), how: try maybeText("how")))
        case "belief": .belief(Belief(strength: try scale("strength")))
        default: throw Fault.bad("nobody writes down this kind")
        }
    }
}

/// The fields of what was written down; those that say nothing are left out.
func fieldsOf(_ body: Body) -> Json {
    switch body {
    case .checkIn(let it):
        said([
            "state": wordOf(it.state), "words": it.words, "cues": it.cues, "activation": it.activation,
            "safety": it.safety, "note": it.note,
        ])
    case .moment(let it):
        said([
            "urge": it.urge, "situation": it.situation, "cue": it.cue, "emotion": it.emotion, "need": it.need,
        ])
    case .sentence(let it): said(["feeling": it.feeling, "need": it.need])
    case .appreciation(let it): said(["text": it.text, "said_aloud": it.saidAloud ? Json.bool(true) : Json.null])
    case .worry(let it): said(["text": it.text])
    case .need(let it): said(["text": it.text])
    case .request(let it): said(["text": it.text])
    case .answer(let it): fieldsOf(it)
    case .weekly(let it):
        said([
            "appreciation": it.appreciation, "worry": it.worry, "need": it.need, "request": it.request,
            "trigger": it.trigger, "wish_together": it.wishTogether, "wish_alone": it.wishAlone,
            "shared": WeeklyLine.allCases.filter(it.shared.contains).map { wordOf($0) },
        ])
    case .alone(let it):
        said([
            "alone_kind": wordOf(it.aloneKind), "began": it.began, "ended": it.ended, "calm_before": it.calmBefore,
            "calm_after": it.calmAfter, "pledge": it.pledge,
        ])
    case .expectation(let it): said(["sureness": it.sureness])
    case .`return`(let it): said(["expectation": it.expectation])
    case .exercise(let it):
        said([
            "exercise": it.exercise, "seconds": it.seconds, "activation_before": it.activationBefore,
            "activation_after": it.activationAfter,
        ])
    case .leaning(let it): said(["closeness": it.closeness, "space": it.space])
    case .strength(let it): said(["whose": wordOf(it.whose), "text": it.text])
    case .savour(let it): said(["text": it.text])
    case .loopHalf(let it): said(["text": it.text])
    case .calmPlace(let it): said(["text": it.text])
    case .supportPerson(let it): said(["name": it.name, "how": it.how])
    case .belief(let it): said(["strength": it.strength])
    // Acts are never listed as entries.
    default: done
    }
}

func fieldsOf(_ answer: Answer) -> Json {
    said(["request": answer.request, "with": wordOf(answer.with), "text": answer.text])
}

private func said(_ fields: Fields) -> Json {
    let told = (object(fields).asObject ?? [:]).filter { $0.value != .null && $0.value != .list([]) }
    return .object(told)
}
