import CZlib

/// gzip for answers.
public enum HTTPCompression {
    /// The bytes packed as gzip, the same for the same input.
    public static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        // 15 + 16: the largest window, with a gzip header, whose time field zlib leaves zero.
        let started = deflateInit2_(
            &stream, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(started == Z_OK, "zlib could not start: \(started)")
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        return bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                count = pack(input, into: output, &stream)
            }
        }
    }

    /// Bodies smaller than this are not worth packing.
    static let smallest = 1024
    /// Bodies larger than this are not packed on the server's thread.
    static let largestAtOnce = 16 * 1024

    /// Whether an answer's body is of a kind that packing makes smaller and is not packed yet.
    static func isWorthwhile(_ response: HTTPResponse) -> Bool {
        guard case .bytes(let bytes) = response.body, bytes.count >= smallest, response.status != 206,
            response.headers["Content-Encoding"] == nil, let type = response.headers["Content-Type"]
        else { return false }
        return isCompressible(type)
    }

    /// The answer packed where the request accepts it. Either way it says that others may get it otherwise.
    static func applied(to response: HTTPResponse, accepted: Bool) -> HTTPResponse {
        guard isWorthwhile(response), case .bytes(let bytes) = response.body else { return response }
        var response = response
        if !response.headers.has("Accept-Encoding", in: "Vary") { response.headers.add("Vary", "Accept-Encoding") }
        guard accepted else { return response }
        let packed = gzip(bytes)
        guard packed.count < bytes.count else { return response }
        response.body = .bytes(packed)
        response.headers.add("Content-Encoding", "gzip")
        // A strong tag names exact bytes, and these are others.
        if let tag = response.headers["ETag"], !tag.hasPrefix("W/") { response.headers["ETag"] = "W/" + tag }
        return response
    }

    /// Whether a request's `Accept-Encoding` takes gzip.
    static func accepts(_ headers: HTTPHeaders) -> Bool {
        headers.all("Accept-Encoding").flatMap { $0.split(separator: ",") }.contains { entry in
            let parts = entry.split(separator: ";").map(ASCII.trimmed)
            guard let coding = parts.first, ASCII.equal(coding, "gzip") || ASCII.equal(coding, "x-gzip") else {
                return false
            }
            return !parts.dropFirst().contains { parameter in
                let sides = parameter.split(separator: "=", maxSplits: 1).map(ASCII.trimmed)
                return sides.count == 2 && ASCII.equal(sides[0], "q") && (Double(sides[1]) ?? 0) == 0
            }
        }
    }

    private static func isCompressible(_ type: String) -> Bool {
        let name = ASCII.trimmed(type.prefix { $0 != ";" }).lowercased()
        return name.hasPrefix("text/") || name.hasSuffix("+json") || name.hasSuffix("+xml")
            || [
                "application/json", "application/javascript", "application/xml", "application/x-ndjson",
                "application/manifest+json", "application/wasm", "image/svg+xml",
            ].contains(name)
    }

    private static let step = 1 << 30

    /// Packs all of `input`. Running out of memory ends the program here as it does everywhere.
    private static func pack(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>, _ stream: inout z_stream
    ) -> Int {
        var (taken, made) = (0, 0)
        while true {
            let available = min(step, input.count - taken)
            let room = min(step, output.count - made)
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + taken })
            stream.avail_in = UInt32(available)
            stream.next_out = output.baseAddress.map { $0 + made }
            stream.avail_out = UInt32(room)
            let status = deflate(&stream, taken + available == input.count ? Z_FINISH : Z_NO_FLUSH)
            taken += available - Int(stream.avail_in)
            made += room - Int(stream.avail_out)
            if status == Z_STREAM_END { return made }
            precondition(status == Z_OK, "zlib failed with \(status)")
        }
    }
}
