import Foundation
import Glibc

/// One request over HTTP/1.1 to a process of this machine: a plain socket, so that a command starts at once.
struct LoopbackHTTP {
    /// What came back.
    struct Answer {
        let status: Int
        /// Names in lower case.
        let headers: [String: String]
        let body: [UInt8]
    }

    /// Nobody listens there.
    struct NobodyThere: Error {}

    private let port: UInt16
    private static let mostBytes = 64 << 20

    /// Where an address of this machine leads; nil for another machine's, or one that needs more than plain HTTP.
    init?(_ url: String) {
        guard let parts = URLComponents(string: url), parts.scheme == "http", let port = parts.port,
            ["127.0.0.1", "localhost"].contains(parts.host), let number = UInt16(exactly: port)
        else { return nil }
        self.port = number
    }

    /// Sends a request and waits for the whole answer, at most `patience` seconds for each part of it.
    func send(
        _ method: String, _ target: String, headers: [(String, String)], body: [UInt8], patience: Int = 60
    ) throws -> Answer {
        let descriptor = try connected()
        defer { close(descriptor) }
        var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(body.count)\r\n\r\n"
        try LoopbackHTTP.write(Array(head.utf8) + body, to: descriptor, patience)
        return try HTTPAnswerReader.read(LoopbackHTTP.everything(from: descriptor, patience))
    }

    private func connected() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw LoopbackHTTP.failure("no socket can be made") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let problem: any Error = errno == ECONNREFUSED ? NobodyThere() : LoopbackHTTP.failure("it does not answer")
            close(descriptor)
            throw problem
        }
        return descriptor
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ patience: Int) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            try wait(for: Int16(POLLOUT), of: descriptor, patience)
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("it does not take the request") }
            rest = rest.dropFirst(count)
        }
    }

    private static func everything(from descriptor: Int32, _ patience: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            try wait(for: Int16(POLLIN), of: descriptor, patience)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("it does not answer") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= mostBytes else {
                throw CommandFailure("the desk's answer is larger than 64 MiB; ask for less", code: "too_large")
            }
        }
    }

    /// Waits until the socket can be read or written, at most so many seconds.
    private static func wait(for events: Int16, of descriptor: Int32, _ patience: Int) throws {
        var watched = pollfd(fd: descriptor, events: events, revents: 0)
        while true {
            let count = poll(&watched, 1, Int32(patience * 1000))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("it does not answer in time") }
            return
        }
    }

    private static func failure(_ what: String) -> CommandFailure {
        CommandFailure("the desk cannot be asked: \(what): \(String(cString: strerror(errno)))", code: "unavailable")
    }
}
