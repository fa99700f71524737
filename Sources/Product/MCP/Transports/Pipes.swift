import Dispatch
import Glibc
import Synchronization

/// Reads a descriptor on a thread of its own, since reading waits.
final class PipeReader: Sendable {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "mcp.input")

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next bytes; nil at the end, and where reading fails.
    func next() async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            queue.async { [descriptor] in continuation.resume(returning: PipeReader.read(descriptor)) }
        }
    }

    private static func read(_ descriptor: Int32) -> [UInt8]? {
        while true {
            var count = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, filled in
                count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                filled = max(0, count)
            }
            if count > 0 { return bytes }
            guard count < 0, errno == EINTR else { return nil }
        }
    }
}

/// Writes messages to a descriptor, one line each, on a thread of its own, in order.
final class PipeWriter: MCPOutlet {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "mcp.output")
    private let broken = Atomic(false)

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Whether nobody reads any more.
    var isBroken: Bool { broken.load(ordering: .acquiring) }

    func send(_ message: Outgoing) async {
        let line = message.bytes + [UInt8(ascii: "\n")]
        await withCheckedContinuation { continuation in
            queue.async { [self] in
                if !isBroken, !PipeWriter.write(line, to: descriptor) { broken.store(true, ordering: .releasing) }
                continuation.resume()
            }
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
