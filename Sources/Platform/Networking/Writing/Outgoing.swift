/// Bytes on their way to a socket, kept in the arrays they came in.
struct Outgoing: Sendable {
    private static let joinLimit = 16 * 1024

    private var parts: [[UInt8]] = []
    private var first = 0
    private var offset = 0
    /// How many bytes wait.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Adds bytes; small ones join those before them.
    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        count += bytes.count
        let last = parts.count - 1
        if last >= first, parts[last].count + bytes.count <= Outgoing.joinLimit {
            parts[last].append(contentsOf: bytes)
        } else {
            parts.append(bytes)
        }
    }

    /// Hands up to `limit` bytes to `write` and drops them; false where there are none or `write` fails.
    mutating func write(atMost limit: Int, _ write: (UnsafeMutableRawBufferPointer) -> Bool) -> Bool {
        guard first < parts.count else { return false }
        let size = min(limit, parts[first].count - offset)
        let begin = offset
        let written = parts[first].withUnsafeMutableBytes { bytes in
            write(UnsafeMutableRawBufferPointer(rebasing: bytes[begin..<(begin + size)]))
        }
        guard written else { return false }
        drop(size)
        return true
    }

    private mutating func drop(_ size: Int) {
        count -= size
        offset += size
        guard offset == parts[first].count else { return }
        offset = 0
        parts[first] = []
        first += 1
        if first == parts.count {
            parts.removeAll(keepingCapacity: parts.capacity <= 8)
            first = 0
        } else if first >= 64 {
            parts.removeFirst(first)
            first = 0
        }
    }
}
