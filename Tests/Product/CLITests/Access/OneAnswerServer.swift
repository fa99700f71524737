import Foundation
import Glibc
import Synchronization

/// A server on this machine that gives prepared answers, one a connection, and keeps what it was asked.
final class OneAnswerServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let asked = Mutex<[String]>([])

    /// The requests so far, whole.
    var requests: [String] { asked.withLock { $0 } }

    init(_ answers: [String]) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 8) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isBound else { throw CocoaError(.fileWriteUnknown) }
        (self.listener, port) = (listener, UInt16(bigEndian: address.sin_port))
        let thread = Thread { [self] in
            for answer in answers { serve(answer) }
        }
        thread.start()
    }

    deinit { close(listener) }

    private func serve(_ answer: String) {
        let peer = accept(listener, nil, nil)
        guard peer >= 0 else { return }
        defer { close(peer) }
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isWhole(request) {
            let count = recv(peer, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            request += buffer[..<count]
        }
        asked.withLock { $0.append(String(decoding: request, as: UTF8.self)) }
        let bytes = Array(answer.utf8)
        _ = send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func isWhole(_ request: [UInt8]) -> Bool {
        let text = String(decoding: request, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let length = text.range(of: "Content-Length: ").map { text[$0.upperBound...].prefix { $0.isNumber } } ?? "0"
        return text[end.upperBound...].utf8.count >= Int(length) ?? 0
    }
}
