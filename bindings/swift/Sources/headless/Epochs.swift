import Foundation

/// How often a folder was opened: seeded randomness must not repeat itself when the same seed opens the same phone again.
enum Epochs {
    private static let file = "epoch"

    /// Counts an opening of this folder, from 1. The count is on the disk before anything is drawn.
    static func next(_ folder: URL) throws -> UInt64 {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let epoch = try (read(folder.appendingPathComponent(file)) ?? 0) &+ 1
        try write(folder.appendingPathComponent(file), epoch)
        return epoch
    }

    /// The epoch in which a phone is made of a backup. The new phone's folder was never opened, and its seed may be that
    /// of the lost phone: so its epochs begin far from those of any other phone, at a place that follows from the backup
    /// and from how often it was restored. That is counted in a file beside it.
    static func ofRestoring(_ backup: URL) throws -> UInt64 {
        let content = try Data(contentsOf: backup)
        let count = backup.appendingPathExtension("restored")
        let times = try (read(count) ?? 0) + 1
        try write(count, times)
        // FNV-1a over what is random anyway.
        let place = (Array(content) + Array("\(times)".utf8)).reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return place | 1 << 63
    }

    /// A phone was made in this folder in this epoch; its next openings go on from there.
    static func goOn(_ folder: URL, after epoch: UInt64) throws {
        try write(folder.appendingPathComponent(file), epoch)
    }

    private static func read(_ file: URL) throws -> UInt64? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let text = try String(contentsOf: file, encoding: .utf8)
        // A lost count must not begin again.
        guard let number = UInt64(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return number
    }

    private static func write(_ file: URL, _ number: UInt64) throws {
        try Data("\(number)".utf8).write(to: file, options: .atomic)
    }
}
