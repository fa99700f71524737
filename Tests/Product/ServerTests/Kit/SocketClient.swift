import Foundation
import Glibc

/// A blocking client that speaks HTTP and WebSocket byte by byte.
final class SocketClient {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    struct Trouble: Error { let message: String }

    struct Answer {
        var status = 0
        var headers: [String: String] = [:]
        var body: [UInt8] = []
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Trouble(message: "cannot connect") }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) throws {
        let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count == bytes.count else { throw Trouble(message: "cannot send") }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            var part = [UInt8](repeating: 0, count: 65_536)
            let received = recv(descriptor, &part, part.count, 0)
            guard received > 0 else { throw Trouble(message: "the connection ended") }
            buffer += part.prefix(received)
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func line() throws -> String {
        var line: [UInt8] = []
        while !line.ends(with: [13, 10]) { line += try read(1) }
        return String(decoding: line.dropLast(2), as: UTF8.self)
    }

    func ask(_ method: String, _ path: String, _ headers: [String] = [], body: String = "") throws -> Answer {
        let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
        let lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers + length
        try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
        var answer = Answer()
        answer.status = Int(try line().split(separator: " ")[1]) ?? 0
        while case let line = try line(), !line.isEmpty {
            let sides = line.split(separator: ":", maxSplits: 1)
            answer.headers[sides[0].lowercased()] = String(sides[1].drop { $0 == " " })
        }
        if method != "HEAD", let length = answer.headers["content-length"].flatMap(Int.init) {
            answer.body = try read(length)
        }
        return answer
    }

    func openSocket(_ headers: [String]) throws -> Answer {
        try ask(
            "GET", "/ws",
            headers + [
                "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
            ])
    }

    func say(_ text: String) throws {
        let payload = Array(text.utf8)
        let head: [UInt8] =
            payload.count < 126
            ? [0x81, 0x80 | UInt8(payload.count)]
            : [0x81, 0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        try send(head + [0, 0, 0, 0] + payload)
    }

    /// The next frame's text; a close gives its code.
    func hear() throws -> String {
        let head = try read(2)
        let short = Int(head[1] & 0x7F)
        let extra = short == 127 ? 8 : short == 126 ? 2 : 0
        let length = extra == 0 ? short : try read(extra).reduce(0) { $0 << 8 | Int($1) }
        let payload = try read(length)
        guard head[0] & 15 != 8 else { return "close \(Int(payload[0]) << 8 | Int(payload[1]))" }
        return String(decoding: payload, as: UTF8.self)
    }
}

extension Array where Element == UInt8 {
    fileprivate func ends(with end: [UInt8]) -> Bool { count >= end.count && suffix(end.count) == end[...] }
}
