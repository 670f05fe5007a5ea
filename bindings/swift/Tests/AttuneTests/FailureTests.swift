import Attune
import Foundation
import Testing

@Suite struct FailureTests {
    @Test func aWrongKeyIsToldInWordsThatAPersonCanRead() throws {
        let owner = try Owner(1)
        try owner.phone.close()
        let failed = try failure {
            try Phone.open(folder: owner.folder.appendingPathComponent("phone"), key: Data(repeating: 7, count: 32))
        }
        #expect(failed.text(language: .english) == "This key does not open the file. The file was left as it is.")
        #expect(failed.text(language: .spanish) == "Esta llave no abre el archivo. El archivo quedó como estaba.")
        #expect((failed as any Error).localizedDescription == failed.text(language: .ofThisDevice))
    }

    @Test func aRefusalNamesItsRuleAndSaysItInTheOwnersLanguage() throws {
        let owner = try Owner(1)
        let beyond = Body.checkIn(CheckIn(state: .mixed, activation: 11))
        let failed = try failure { try owner.phone.journal().log(body: beyond, share: false) }
        guard case .Refused(let refusal) = failed else { throw failed }
        #expect(refusal == .outOfRange)
        #expect(refusal.text(language: .spanish) == failed.text(language: .spanish))
    }

    @Test(arguments: Refusal.allCases) func everyRefusalHasWordsInBothLanguages(refusal: Refusal) {
        let texts = Language.allCases.map { refusal.text(language: $0) }
        #expect(texts.allSatisfy { $0.contains(" ") } && Set(texts).count == texts.count)
    }

    @Test(arguments: [0, 31, 33]) func aKeyOfAnotherLengthIsABadArgument(length: Int) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        #expect(throws: PhoneError.BadArguments) { try Phone.open(folder: folder, key: Data(count: length)) }
    }

    @Test func aClosedPhoneSaysSo() throws {
        let owner = try Owner(1)
        try owner.phone.close()
        #expect(throws: PhoneError.Closed) { try owner.worries() }
        try owner.phone.close()
    }

    @Test func whatIsNoIdIsRefusedBeforeAnythingHappens() throws {
        let owner = try Owner(1)
        #expect(throws: PhoneError.UnknownId) { try owner.phone.journal().share(id: EntryId("nothing")) }
        let nothing = EntryId(String(repeating: "0", count: 26))
        #expect(throws: PhoneError.UnknownId) { try owner.phone.journal().share(id: nothing) }
    }

    @Test func whatANewerAppWroteBreaksNoList() throws {
        let project = (1...5).reduce(URL(fileURLWithPath: #filePath)) { path, _ in path.deletingLastPathComponent() }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let phone = try Phone.restore(
            path: project.appendingPathComponent("core/src/phone/journal/data/from_a_newer_app.attune"),
            passphrase: "a passphrase", folder: folder, key: Owner.key, environment: .ofThisMachine(), work: Work())
        let items = try phone.journal().items(filter: EntryFilter())
        #expect(items.map(\.kind) == ["worry", "check_in"])
        #expect(items.map(\.content) == [.own(.worry(Worry(text: "the trip"))), .newer])
        try phone.close()
    }

    @Test(arguments: [
        "2026-03-02T19:00:00.123+05:30", "1969-12-31T23:59:59.250-18:00", "9999-12-30T12:00:00+18:00",
    ])
    func timesCrossWithTheirOffsetToTheMillisecond(now: String) throws {
        let owner = try Owner(1, now: now)
        try owner.worry("rain")
        #expect(try owner.phone.journal().items(filter: EntryFilter()).map(\.written.rfc3339) == [now])
    }

    @Test(arguments: [
        LocalTime(unixMilliseconds: .max, offsetMinutes: 0), LocalTime(unixMilliseconds: .min, offsetMinutes: 0),
        LocalTime(unixMilliseconds: 0, offsetMinutes: .max), LocalTime(unixMilliseconds: 0, offsetMinutes: -1081),
    ])
    func aTimeBeyondWhatTheCoreKnowsIsABadArgument(beyond: LocalTime) throws {
        let owner = try Owner(1)
        #expect(throws: PhoneError.BadArguments) { try owner.phone.upcoming().until(until: beyond) }
    }

    @Test func aBackupThatIsNoneIsTold() throws {
        let owner = try Owner(1)
        let (file, folder) = (owner.folder.appendingPathComponent("backup"), owner.folder.appendingPathComponent("new"))
        try Data(count: 100).write(to: file)
        for (path, expected) in [(file, PhoneError.Damaged), (folder, .NoSuchFile)] {
            #expect(throws: expected) {
                try Phone.restore(
                    path: path, passphrase: "pass", folder: folder, key: Owner.key, environment: .ofThisMachine(),
                    work: Work())
            }
        }
    }
}

/// What `act` fails with.
private func failure<Value>(_ act: () throws -> Value) throws -> PhoneError {
    do {
        _ = try act()
    } catch let failed as PhoneError {
        return failed
    }
    throw CocoaError(.featureUnsupported)
}
