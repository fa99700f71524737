import Testing

@testable import Networking

@Suite struct `Header fields` {
    @Test func `match in any case and keep order and repetition`() {
        var headers = HTTPHeaders([("A", "1"), ("B", "2"), ("a", "3")])
        #expect(headers["a"] == "1")
        #expect(headers.all("A") == ["1", "3"])
        headers["b"] = "4"
        headers.add("C", "5")
        #expect(headers.pairs.map { "\($0.name)\($0.value)" } == ["A1", "b4", "a3", "C5"])
        headers["A"] = nil
        #expect(headers.pairs.map(\.name) == ["b", "C"])
        #expect(HTTPHeaders([("X", "1")]) == HTTPHeaders([("x", "1")]))
        #expect(Set([HTTPHeaders([("X", "1")]), HTTPHeaders([("x", "1")])]).count == 1)
        #expect(HTTPHeaders([("X", "a")]) != HTTPHeaders([("x", "A")]))
    }

    @Test(arguments: [
        ("gzip", true), ("br, GZIP", true), ("gzip;q=0", false), ("gzip; q=0.0", false), ("gzip;q=0.1", true),
        ("identity", false), ("xgzip", false), ("", false), ("gzip;q=x", false),
    ])
    func `say whether gzip is accepted`(value: String, accepted: Bool) {
        #expect(HTTPCompression.accepts(HTTPHeaders([("Accept-Encoding", value)])) == accepted)
    }
}

@Suite struct `Answers and tags` {
    private let tagged = HTTPResponse(
        status: 200, headers: ["ETag": "\"a\"", "Content-Type": "text/plain", "Cache-Control": "no-cache"],
        body: .bytes([1]))

    @Test(arguments: [
        ("\"a\"", 304), ("W/\"a\"", 304), ("\"b\", \"a\"", 304), ("*", 304), ("\"b\"", 200), ("a", 200), ("", 200),
    ])
    func `are not sent again to those who have them`(condition: String, status: Int) throws {
        let request = try #require(HTTPRequest("GET", "/", headers: HTTPHeaders([("If-None-Match", condition)])))
        let answer = tagged.notModifiedIfMatching(request)
        #expect(answer.status == status)
        #expect(answer.headers["ETag"] == "\"a\"")
        #expect(answer.headers["Cache-Control"] == "no-cache")
        #expect((answer.headers["Content-Type"] == nil) == (status == 304))
    }

    @Test func `are sent where the request changes something`() throws {
        let request = try #require(HTTPRequest("POST", "/", headers: ["If-None-Match": "*"]))
        #expect(tagged.notModifiedIfMatching(request).status == 200)
    }

    @Test func `have tags of their bytes`() {
        #expect(ETag.of(Array("abc".utf8)) == "\"ba7816bf8f01cfea414140de5dae2223\"")
        #expect(ETag.of([]) != ETag.of([0]))
    }

    @Test func `pack to gzip and back`() throws {
        for size in [0, 1, 1000, 100_000] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let packed = HTTPCompression.gzip(bytes)
            #expect(packed.starts(with: [0x1F, 0x8B]))
            #expect(try unpacked(packed) == bytes)
        }
    }
}
