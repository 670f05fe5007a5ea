import Foundation

extension Phone {
    /// Opens the phone in `folder` with the clocks and the randomness of this machine. `key` is the 32 bytes that the app
    /// keeps in the Keychain; no copy of it is kept here.
    public static func open(folder: URL, key: Data) throws -> Phone {
        try open(folder: folder, key: key, environment: .ofThisMachine())
    }
}

extension PhoneError: LocalizedError {
    /// The reason, in the words of the language that this device speaks.
    public var errorDescription: String? { text(language: .ofThisDevice) }
}

extension Language {
    /// The language of the catalogue that this device speaks; English where it has none.
    public static var ofThisDevice: Language { languageFromTag(tag: Locale.current.identifier) }
}
