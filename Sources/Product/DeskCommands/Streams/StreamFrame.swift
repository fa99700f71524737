public import Determinism

/// What a reader of the streams gets next.
public struct StreamFrame: Sendable, Hashable {
    /// Events as one JSON text; nil where nothing of the topics happened.
    public let bytes: [UInt8]?
    /// Up to where everything was told: the next cursor.
    public let next: UInt64
    /// The numbers among which events of the topics were lost, and that this frame does not hold; nil for none.
    public let missed: ClosedRange<UInt64>?
    /// When the oldest event of the frame was published.
    public let oldest: Timestamp?
    /// How many events it holds.
    public let count: Int

    static func nothing(upTo next: UInt64) -> StreamFrame {
        StreamFrame(bytes: nil, next: next, missed: nil, oldest: nil, count: 0)
    }
}

/// Puts events into a frame: newer ones of the same key stand for older ones, and no more than a bound of bytes.
struct StreamFrameWriter {
    private var bytes: [UInt8] = []
    private var oldest: Timestamp?
    private var count = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// The frame of these events, which follow `cursor` and are complete up to `end`.
    static func frame(of events: [StreamEvent], after cursor: UInt64, upTo end: UInt64, limit: Int) -> StreamFrame {
        var writer = StreamFrameWriter(limit: limit)
        let newest = newest(of: events)
        var reached = end
        for event in events {
            if let key = event.key, newest[StreamRing.Key(topic: event.topic, key: key)] != event.sequence { continue }
            guard writer.append(event) else {
                reached = event.sequence - 1
                break
            }
        }
        return writer.finish(after: cursor, upTo: reached)
    }

    private static func newest(of events: [StreamEvent]) -> [StreamRing.Key: UInt64] {
        events.reduce(into: [:]) { newest, event in
            guard let key = event.key else { return }
            newest[StreamRing.Key(topic: event.topic, key: key)] = event.sequence
        }
    }

    /// False where the frame is full; the first event always fits.
    private mutating func append(_ event: StreamEvent) -> Bool {
        guard count == 0 || bytes.count + event.json.count <= limit else { return false }
        if count > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes +=
            #"{"sequence":\#(event.sequence),"topic":"\#(event.topic.rawValue)","time":"\#(event.time)","data":"#.utf8
        bytes += event.json
        bytes.append(UInt8(ascii: "}"))
        oldest = oldest ?? event.time
        count += 1
        return true
    }

    private func finish(after cursor: UInt64, upTo end: UInt64) -> StreamFrame {
        guard count > 0 else { return .nothing(upTo: end) }
        var text = Array(#"{"type":"events","from":\#(cursor + 1),"to":\#(end),"events":["#.utf8)
        text.reserveCapacity(text.count + bytes.count + 2)
        text += bytes
        text += "]}".utf8
        return StreamFrame(bytes: text, next: end, missed: nil, oldest: oldest, count: count)
    }
}
