/// Messages that wait for a socket, within bounds.
struct StreamOutbox: Sendable {
    private static let mostMessages = 128
    private static let mostBytes = 8 << 20

    private var messages: [[UInt8]] = []
    private var first = 0
    private var bytes = 0

    /// False where too much waits already: whoever is to read it does not.
    mutating func put(_ message: [UInt8]) -> Bool {
        guard messages.count - first < StreamOutbox.mostMessages, bytes < StreamOutbox.mostBytes else { return false }
        messages.append(message)
        bytes += message.count
        return true
    }

    mutating func take() -> [UInt8]? {
        guard first < messages.count else { return nil }
        let message = messages[first]
        messages[first] = []
        first += 1
        bytes -= message.count
        if first == messages.count { (messages, first) = ([], 0) }
        return message
    }
}
