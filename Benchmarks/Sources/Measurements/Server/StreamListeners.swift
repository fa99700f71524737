import Determinism
import Foundation

/// Many clients that listen at once, read by one thread, and how late each frame was.
struct StreamListeners {
    /// Milliseconds from the oldest event of a frame to its arrival, one for each frame.
    private(set) var delays: [Double] = []
    /// Events that arrived, over all clients.
    private(set) var events = 0
    /// Times that a client was told that it missed events.
    private(set) var missed = 0
    /// Connections that the server ended.
    private(set) var ended = 0
    private var clients: [StreamClient] = []

    mutating func add(_ client: StreamClient) { clients.append(client) }

    mutating func forget() { (delays, events, missed) = ([], 0, 0) }

    func close() { for client in clients { client.close() } }

    mutating func listen(seconds: Double) {
        let end = Date.now.addingTimeInterval(seconds)
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        var watched = clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        while Date.now < end {
            guard poll(&watched, nfds_t(watched.count), 100) > 0 else { continue }
            for place in watched.indices where watched[place].revents != 0 {
                var texts: [ArraySlice<UInt8>] = []
                if !clients[place].read(through: &chunk, { texts.append($0) }) {
                    watched[place].fd = -1
                    ended += 1
                }
                for text in texts { note(text) }
            }
        }
    }

    private mutating func note(_ text: ArraySlice<UInt8>) {
        let now = Date.now.timeIntervalSince1970
        if text.starts(with: StreamListeners.missedStart) { missed += 1 }
        guard let time = StreamListeners.firstTime(in: text) else { return }
        delays.append((now - time) * 1000)
        events += StreamListeners.count(of: StreamListeners.sequenceKey, in: text)
    }

    private static let missedStart = Array("{\"type\":\"missed\"".utf8)
    private static let sequenceKey = Array("\"sequence\":".utf8)
    private static let timeKey = Array("\"time\":\"".utf8)

    /// The time at which the first event of a frame was published.
    private static func firstTime(in text: ArraySlice<UInt8>) -> Double? {
        guard let start = find(timeKey, in: text) else { return nil }
        let rest = text[start...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        guard let time = Timestamp(String(decoding: rest[..<end], as: UTF8.self)) else { return nil }
        return Double(time.nanoseconds) / 1e9
    }

    /// Where a key of at least eight bytes ends; eight bytes are compared at once, so that reading costs the machine little.
    private static func find(_ key: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        let start = key.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
        return text.withUnsafeBytes { bytes in
            guard bytes.count >= key.count else { return nil }
            for place in 0...(bytes.count - key.count)
            where bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) == start
                && bytes[(place + 8)..<(place + key.count)].elementsEqual(key[8...])
            {
                return text.startIndex + place + key.count
            }
            return nil
        }
    }

    private static func count(of key: [UInt8], in text: ArraySlice<UInt8>) -> Int {
        var (count, rest) = (0, text)
        while let end = find(key, in: rest) {
            count += 1
            rest = rest[end...]
        }
        return count
    }
}
