import Attune

/// Writing down, editing, sharing, erasing, answering; and the document that both write.
let journalOperations: [String: Operation] = [
    "log": { phone, arguments in
        let (body, share) = (try bodyOf(try arguments.value("body")), try arguments.flag("share"))
        try arguments.done()
        return made(try phone.journal.log(body: body, share: share))
    },
    "edit": { phone, arguments in
        let (id, body) = (try arguments.id("id"), try bodyOf(try arguments.value("body")))
        try arguments.done()
        return made(try phone.journal.edit(id: id, body: body))
    },
    "share": { phone, arguments in made(try phone.journal.share(id: try arguments.onlyId())) },
    "erase": { phone, arguments in
        let ids = try arguments.ids("ids")
        try arguments.done()
        try phone.journal.erase(ids: ids)
        return done
    },
    "answer": { phone, arguments in
        let (request, with) = (try arguments.id("id"), try arguments.word("with") as AnswerWith)
        let text = try arguments.maybeText("text")
        try arguments.done()
        return made(try phone.journal.answer(request: request, with: with, text: text))
    },
    "together.set": { phone, arguments in
        let (field, value) = (try arguments.word("field") as TogetherField, try arguments.together("value"))
        try arguments.done()
        try phone.together.set(field: field, value: value)
        return done
    },
    "together.pick": { phone, arguments in
        let (field, value) = (try arguments.word("field") as TogetherField, try arguments.together("value"))
        try arguments.done()
        try phone.together.pick(field: field, value: value)
        return done
    },
]
