import Foundation
import Glibc

/// A blocking connection to another machine, each of whose steps ends in time.
struct OutboundSocket {
    let address: WebAddress
    let descriptor: Int32

    /// Connects to the first of the machine's addresses that answers.
    init(to address: WebAddress, patience: Int) throws {
        self.address = address
        var wanted = addrinfo()
        wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.host, "\(address.port)", &wanted, &found) == 0 else {
            throw WebPost.Failure(message: "no machine \(address.host) is known; check the address")
        }
        defer { freeaddrinfo(found) }
        var next = found
        while let candidate = next {
            if let descriptor = OutboundSocket.connected(candidate.pointee, patience) {
                self.descriptor = descriptor
                return
            }
            next = candidate.pointee.ai_next
        }
        throw WebPost.Failure(message: "\(address.host) does not answer on port \(address.port)")
    }

    private static func connected(_ candidate: addrinfo, _ patience: Int) -> Int32? {
        let descriptor = socket(
            candidate.ai_family, candidate.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), candidate.ai_protocol)
        guard descriptor >= 0 else { return nil }
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        // The time to send counts for connecting too.
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        guard connect(descriptor, candidate.ai_addr, candidate.ai_addrlen) == 0 else {
            _ = Glibc.close(descriptor)
            return nil
        }
        return descriptor
    }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw WebPost.Failure(message: "\(address.host) does not take the request") }
            rest = rest.dropFirst(count)
        }
    }

    /// At most so many bytes; none at the end.
    func read(_ most: Int) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: most)
        while true {
            let count = recv(descriptor, &buffer, most, 0)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw WebPost.Failure(message: "\(address.host) does not answer in time") }
            return Array(buffer.prefix(count))
        }
    }

    func close() { _ = Glibc.close(descriptor) }
}
