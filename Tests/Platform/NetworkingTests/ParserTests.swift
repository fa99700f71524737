import Determinism
import Testing

@testable import Networking

@Suite struct `Request parser` {
    /// What a parser says of bytes that come in pieces of `size`.
    private func steps(_ bytes: [UInt8], by size: Int) -> [String] {
        var parser = RequestParser(limits: RequestLimits())
        var said: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { parser.feed($0) }
            steps: while true {
                switch parser.next() {
                case .more: break steps
                case .sendContinue: continue
                case .request(let head, let body):
                    let headers = head.headers.pairs.map { "\($0.name)=\($0.value)" }
                    said.append("\(head.method) \(head.target.text) \(headers) \(body)")
                case .refused(let refusal):
                    said.append("\(refusal.status)")
                    return said
                }
            }
        }
        return said
    }

    @Test func `says the same however the bytes are cut`() {
        let text =
            "\r\nGET /a HTTP/1.1\r\nHost: a\r\nX:\t1 \r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd"
            + "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n"
            + "GET /d HTTP/1.1\r\nHost: a\r\n\r\nGET /e HTTP/1.1\r\nHost : a\r\n\r\n"
        let bytes = Array(text.utf8)
        let whole = steps(bytes, by: bytes.count)
        #expect(whole.count == 5)
        #expect(whole[1] == #"POST /b ["Host=a", "Content-Length=4"] [97, 98, 99, 100]"#)
        #expect(whole[4] == "400")
        for size in 1..<bytes.count { #expect(steps(bytes, by: size) == whole) }
    }

    @Test func `says the same of random bytes however they are cut`() {
        var random = SeededRandom(seed: 12)
        let alphabet = Array("GET POST/ HTTP/1.1\r\n\r\n\r\nHost: a:;,%20?=&+chunkedContent-Length: 05".utf8)
        for _ in 0..<2000 {
            var bytes = Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
            for _ in 0..<(random.next() % 60) { bytes.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
            let place = Int(random.next() % UInt64(bytes.count))
            bytes[place] = UInt8(truncatingIfNeeded: random.next())
            #expect(steps(bytes, by: 1) == steps(bytes, by: bytes.count))
        }
    }

    @Test func `holds nothing of what it has given out`() {
        var parser = RequestParser(limits: RequestLimits())
        let one = Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc".utf8)
        one[..<20].withUnsafeBytes { parser.feed($0) }
        // Always ending in the middle of a request, so that the buffer is never empty.
        for _ in 0..<5000 {
            (one[20...] + one[..<20]).withUnsafeBytes { parser.feed($0) }
            guard case .request(_, let body) = parser.next() else {
                Issue.record("no request")
                return
            }
            #expect(body == [97, 98, 99])
            #expect(parser.buffered == 20)
        }
    }

    @Test(arguments: [
        ("/", "/", []), ("/a?", "/a", []), ("/a?b", "/a", ["b="]), ("/a?b=c=d&e=&=f", "/a", ["b=c=d", "e=", "=f"]),
        ("/%41%c3%bc", "/Aü", []), ("/+", "/+", []), ("/?+=%2B", "/", [" =+"]), ("//a//b/", "//a//b/", []),
        ("http://host:80/x?y=z", "/x", ["y=z"]), ("HTTPS://host", "/", []), ("/a..b/.c", "/a..b/.c", []),
        ("/?a=%0A", "/", ["a=\n"]),
    ])
    func `takes a target apart`(text: String, path: String, query: [String]) throws {
        let target = try #require(RequestTarget(text))
        #expect(target.path == path)
        #expect(target.query.map { "\($0.name)=\($0.value)" } == query)
    }

    @Test(arguments: [
        "", "a", "a/b", "/%", "/%1", "/%gg", "/%00", "/%7f", "/%ff", "/..", "/a/../b", "/./a", "/%2e%2E", "/?a=%f",
        "http:/a", "ftp://a/b",
    ])
    func `refuses a target that cannot be read safely`(text: String) {
        #expect(RequestTarget(text) == nil)
    }
}

@Suite struct `Time of deadlines` {
    @Test func `goes forward only, and counts no jump for much`() {
        var pulse = Pulse(start: Timestamp(nanoseconds: 0))
        pulse.beat(Timestamp(nanoseconds: 250_000_000))
        #expect(pulse.elapsed == .milliseconds(250))
        pulse.beat(Timestamp(nanoseconds: -5_000_000_000))
        #expect(pulse.elapsed == .milliseconds(250))
        pulse.beat(Timestamp(nanoseconds: 900_000_000_000))
        #expect(pulse.elapsed == .milliseconds(1250))
    }
}
