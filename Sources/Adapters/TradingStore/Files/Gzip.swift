import CZlib

/// Unpacks gzip, also of several members one after the other.
enum Gzip {
    static func unpack(_ packed: [UInt8], path: String, limit: Int) throws(FileError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: min(limit + 1, max(4096, packed.count * 6)))
        var filled = 0
        var failure: FileError?
        packed.withUnsafeBufferPointer { input in
            failure = run(input, &output, &filled, path: path, limit: limit)
        }
        if let failure { throw failure }
        output.removeLast(output.count - filled)
        return output
    }

    private static func run(
        _ input: UnsafeBufferPointer<UInt8>, _ output: inout [UInt8], _ filled: inout Int, path: String, limit: Int
    ) -> FileError? {
        var stream = z_stream()
        // 31: the largest window, and gzip alone.
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return FileError(.failed, "zlib could not start for \(path)")
        }
        defer { inflateEnd(&stream) }
        var consumed = 0
        while true {
            let (status, taken, made) = step(&stream, input, from: consumed, &output, at: filled)
            consumed += taken
            filled += made
            if filled > limit { return PackedFile.tooLarge(path, limit) }
            switch status {
            case Z_STREAM_END:
                let rest = input[consumed...]
                guard rest.starts(with: [0x1F, 0x8B]) else { return trailing(rest, path) }
                inflateReset(&stream)
            case Z_OK, Z_BUF_ERROR:
                if consumed == input.count, filled < output.count {
                    return FileError(.truncated, "\(path) is a truncated gzip file: it stops in the middle")
                }
                if filled == output.count { grow(&output, limit) }
            default:
                return FileError(.corrupt, "\(path) is a corrupt gzip file: \(reason(stream))")
            }
        }
    }

    private static func step(
        _ stream: inout z_stream, _ input: UnsafeBufferPointer<UInt8>, from consumed: Int, _ output: inout [UInt8],
        at filled: Int
    ) -> (status: Int32, taken: Int, made: Int) {
        let available = UInt32(min(input.count - consumed, 1 << 30))
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + consumed })
        stream.avail_in = available
        return output.withUnsafeMutableBufferPointer { buffer in
            let room = UInt32(min(buffer.count - filled, 1 << 30))
            stream.next_out = buffer.baseAddress.map { $0 + filled }
            stream.avail_out = room
            let status = inflate(&stream, Z_NO_FLUSH)
            return (status, Int(available - stream.avail_in), Int(room - stream.avail_out))
        }
    }

    private static func grow(_ output: inout [UInt8], _ limit: Int) {
        let size = min(limit + 1, output.count * 2)
        output.append(contentsOf: repeatElement(0, count: max(1, size - output.count)))
    }

    /// Padding with zeros after the last member is allowed; anything else is not gzip.
    private static func trailing(_ rest: Slice<UnsafeBufferPointer<UInt8>>, _ path: String) -> FileError? {
        guard !rest.allSatisfy({ $0 == 0 }) else { return nil }
        return FileError(.corrupt, "\(path) has \(rest.count) bytes after the end of its gzip data")
    }

    private static func reason(_ stream: z_stream) -> String {
        stream.msg.map { String(cString: $0) } ?? "its data is broken"
    }
}
