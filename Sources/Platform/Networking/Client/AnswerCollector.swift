import CCurl

/// Takes what libcurl reads of an answer, up to a bound.
final class AnswerCollector {
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []
    /// Whether the head came to its end.
    private(set) var hasHead = false
    /// Whether there was more than is taken.
    private(set) var isFull = false
    private let mostBytes: Int

    init(mostBytes: Int) {
        self.mostBytes = mostBytes
    }

    /// Does what a handle is prepared for.
    func perform(_ handle: UnsafeMutableRawPointer) -> CURLcode {
        let place = Unmanaged.passUnretained(self).toOpaque()
        curl_collect_headers(handle, { AnswerCollector.at($3)?.header(AnswerCollector.bytes($0, $2)) ?? 0 }, place)
        curl_collect_body(handle, { AnswerCollector.at($3)?.part(AnswerCollector.bytes($0, $2)) ?? 0 }, place)
        return withExtendedLifetime(self) { curl_easy_perform(handle) }
    }

    /// A line of the head; that of an answer before the last begins anew.
    private func header(_ bytes: UnsafeRawBufferPointer) -> Int {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") { headers = [:] }
        hasHead = line.allSatisfy(\.isNewline)
        if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers[line[..<colon].lowercased()] = String(value.prefix { !$0.isNewline })
        }
        return bytes.count
    }

    private func part(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= mostBytes else {
            isFull = true
            return 0
        }
        body += bytes
        return bytes.count
    }

    private static func at(_ place: UnsafeMutableRawPointer?) -> AnswerCollector? {
        place.map { Unmanaged<AnswerCollector>.fromOpaque($0).takeUnretainedValue() }
    }

    /// libcurl's units are bytes.
    private static func bytes(_ start: UnsafeMutablePointer<CChar>?, _ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: count)
    }
}
