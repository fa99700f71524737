import Determinism
import Foundation
import Networking
import SocketClients
import Testing

/// Requests and frames with bytes changed, dropped, doubled and cut, after each of which the server must still answer.
@Suite struct `Fuzzed connections` {
    private static var rounds: Int {
        ProcessInfo.processInfo.environment["BELLWETHER_HEAVY"] == "1" ? 100_000 : 2000
    }

    private static let requests: [[UInt8]] = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a/b%20c?d=e+f&g=%41 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
        "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nIf: x\r\n\r\n",
    ].map { Array($0.utf8) }

    private static let opening = Array(
        ("GET /socket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").utf8)

    private static let frames: [[UInt8]] = [
        WebSocketClient.frame(1, Array("hello".utf8)), WebSocketClient.frame(1, [], isFinal: false),
        WebSocketClient.frame(0, Array("ü".utf8)), WebSocketClient.frame(9, [1, 2]), WebSocketClient.frame(10, []),
        WebSocketClient.frame(1, [UInt8](repeating: 66, count: 300)), WebSocketClient.frame(8, [0x03, 0xE8]),
        WebSocketClient.frame(1, [UInt8](repeating: 66, count: 70_000)), WebSocketClient.frame(2, [0]),
    ]

    /// Bytes for one connection; the same for the same random numbers.
    private static func input(_ random: inout SeededRandom) -> [UInt8] {
        var bytes: [UInt8] = []
        if random.next() % 3 == 0 {
            for _ in 0...(random.next() % 4) { bytes += frames[Int(random.next() % UInt64(frames.count))] }
            mutate(&bytes, &random)
            return opening + bytes
        }
        for _ in 0...(random.next() % 3) { bytes += requests[Int(random.next() % UInt64(requests.count))] }
        mutate(&bytes, &random)
        return bytes
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        for _ in 0..<(random.next() % 6) where !bytes.isEmpty {
            let place = Int(random.next() % UInt64(bytes.count))
            let length = min(bytes.count - place, Int(random.next() % 8) + 1)
            switch random.next() % 6 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes[place] ^= 1 << UInt8(random.next() % 8)
            case 2: bytes.removeSubrange(place..<(place + length))
            case 3: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
            case 4: bytes.insert([0, 10, 13, 32, 58, 127, 255, 37][Int(random.next() % 8)], at: place)
            default: bytes.removeSubrange(place...)
            }
        }
    }

    @Test func `the server still answers after any bytes`() async throws {
        let handler = TestHandler(atOnce: { $0.path == "/" || $0.path == "/alive" ? .text("\($0.path)") : nil })
        try await withServer(handler, configure: { $0.maxConnections = 200 }) { server in
            var random = SeededRandom(seed: 4711)
            let steady = try TestClient(port: server.port)
            for round in 0..<`Fuzzed connections`.rounds {
                let bytes = `Fuzzed connections`.input(&random)
                let client = try TestClient(port: server.port)
                // In one piece, or cut in two.
                let cut = random.next() % 2 == 0 ? bytes.count : Int(random.next() % UInt64(bytes.count + 1))
                client.send(Array(bytes[..<cut]))
                client.send(Array(bytes[cut...]))
                guard try steady.get("/alive").text == "/alive" else {
                    Issue.record("no answer after round \(round): \(bytes)")
                    return
                }
            }
            #expect(comesTrue { server.statistics.connectionsOpen == 1 })
            #expect(server.statistics.webSocketsOpen == 0)
        }
    }
}
