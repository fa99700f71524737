import Foundation
import Synchronization
import TaskQueues

/// Settings as they are written, and those read before: reading them costs more than the statement that finds them.
final class SettingsCache: Sendable {
    private let known = Mutex<[String: QueueSettings]>([:])
    private static let most = 1000

    /// The settings of a queue.
    func settings(_ queue: StoredQueue) throws -> QueueSettings {
        let text = queue.settingsText
        if let found = known.withLock({ $0[text] }) { return found }
        do {
            let settings = try JSONDecoder().decode(QueueSettings.self, from: Data(text.utf8))
            known.withLock { known in
                if known.count >= SettingsCache.most { known.removeAll() }
                known[text] = settings
            }
            return settings
        } catch {
            throw QueueError(.corrupt, "the settings of the queue '\(queue.name)' cannot be read: \(error)")
        }
    }

    /// The text that settings are kept as.
    static func text(_ settings: QueueSettings) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(settings), as: UTF8.self)
    }
}
