/// The last events of a session, kept so that a client whose stream broke can have them again.
struct EventStore: Sendable {
    /// The name of an event: its stream and its place there.
    struct Name: Sendable, Hashable {
        let stream: Int
        let place: Int

        var text: String { "\(stream)-\(place)" }

        init(stream: Int, place: Int) {
            self.stream = stream
            self.place = place
        }

        /// A name as a client sends it back; nil for anything else.
        init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let stream = Int(parts[0]), let place = Int(parts[1]), stream >= 0, place >= 0
            else { return nil }
            self.init(stream: stream, place: place)
        }
    }

    /// The most events and bytes that are kept; older ones are dropped.
    static let mostEvents = 500
    static let mostBytes = 4 << 20

    private var events: [(name: Name, bytes: [UInt8])] = []
    private var bytes = 0
    private var places: [Int: Int] = [:]

    /// Keeps a message of a stream and gives the event to send.
    mutating func append(_ message: [UInt8], to stream: Int) -> [UInt8] {
        let place = places[stream, default: 0] + 1
        places[stream] = place
        let name = Name(stream: stream, place: place)
        let event = Array("id: \(name.text)\nevent: message\ndata: ".utf8) + message + Array("\n\n".utf8)
        events.append((name, event))
        bytes += event.count
        while events.count > EventStore.mostEvents || (bytes > EventStore.mostBytes && events.count > 1) {
            bytes -= events.removeFirst().bytes.count
        }
        return event
    }

    /// What followed an event in its stream, oldest first; nil where that stream never was.
    func events(after name: Name) -> [[UInt8]]? {
        guard let last = places[name.stream], name.place <= last else { return nil }
        return events.filter { $0.name.stream == name.stream && $0.name.place > name.place }.map(\.bytes)
    }
}
