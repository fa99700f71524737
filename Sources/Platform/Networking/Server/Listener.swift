import Glibc
import Synchronization

/// A socket that listens; closed with its last reference unless given away.
final class Listener: Sendable {
    private let descriptor: Mutex<Int32?>
    let port: UInt16

    init(address: String, port: UInt16) throws {
        let (family, storage, length) = try Listener.parse(address, port)
        let descriptor = socket(
            family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw Listener.failure(address, port) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let bound = withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard bound == 0, listen(descriptor, 1024) == 0 else {
            let error = Listener.failure(address, port)
            close(descriptor)
            throw error
        }
        self.descriptor = Mutex(descriptor)
        self.port = Listener.port(of: descriptor)
    }

    deinit {
        if let descriptor = giveAway() { close(descriptor) }
    }

    /// The socket, to be closed by the caller; nil the second time.
    func giveAway() -> Int32? {
        descriptor.withLock { $0.take() }
    }

    private static func parse(
        _ address: String, _ port: UInt16
    ) throws -> (family: Int32, storage: sockaddr_storage, length: socklen_t) {
        var storage = sockaddr_storage()
        var four = sockaddr_in()
        if inet_pton(AF_INET, address, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: withUnsafeBytes(of: four) { Array($0) }) }
            return (AF_INET, storage, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        var six = sockaddr_in6()
        guard inet_pton(AF_INET6, address, &six.sin6_addr) == 1 else {
            throw NetworkingError(.badAddress, "\(address) is not an IP address; write one such as 127.0.0.1 or ::1")
        }
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: withUnsafeBytes(of: six) { Array($0) }) }
        return (AF_INET6, storage, socklen_t(MemoryLayout<sockaddr_in6>.size))
    }

    private static func failure(_ address: String, _ port: UInt16) -> NetworkingError {
        let place = address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        switch errno {
        case EADDRINUSE:
            return NetworkingError(.addressInUse, "\(place) is taken by another program; choose another port")
        case EACCES:
            return NetworkingError(.notPermitted, "\(place) may not be used by this user; choose a port above 1023")
        case EADDRNOTAVAIL, EAFNOSUPPORT:
            return NetworkingError(.badAddress, "\(address) is not an address of this machine; choose another")
        default:
            return NetworkingError(.failed, "\(place) cannot be listened on: \(String(cString: strerror(errno)))")
        }
    }

    private static func port(of descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &storage) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        // The port stands in the same place for both families.
        return withUnsafeBytes(of: storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    /// A connection that waits to be taken.
    enum Arrival {
        case connection(Int32, peer: String)
        case none
        /// The process has no more descriptors.
        case exhausted
    }

    /// Takes a connection that waits at a listening socket.
    static func accept(at descriptor: Int32) -> Arrival {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let taken = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.accept(descriptor, $0, &length)
            }
        }
        guard taken >= 0 else { return errno == EMFILE || errno == ENFILE ? .exhausted : .none }
        _ = fcntl(taken, F_SETFD, FD_CLOEXEC)
        _ = fcntl(taken, F_SETFL, O_NONBLOCK)
        var yes: Int32 = 1
        setsockopt(taken, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        return .connection(taken, peer: text(of: &storage))
    }

    private static func text(of storage: inout sockaddr_storage) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = Int32(storage.ss_family)
        withUnsafeBytes(of: &storage) { bytes in
            _ = inet_ntop(
                family, bytes.baseAddress.map { $0 + (family == AF_INET ? 4 : 8) }, &text, socklen_t(text.count))
        }
        let peer = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return peer.hasPrefix("::ffff:") && peer.contains(".") ? String(peer.dropFirst(7)) : peer
    }
}
