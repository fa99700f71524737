import CWebSockets
import Glibc

/// The network library's context: the one place that calls libwebsockets. Used on the loop's thread only.
///
/// Of libwebsockets it uses the event loop, TLS and buffered writing; requests and frames are read by this module,
/// whose parsers refuse what the library's lets through (lengths given twice, headers that hang it, unlimited bodies).
struct SocketLibrary {
    /// The most bytes given to one write, and so the most the library ever holds for a connection.
    static let writeSize = 64 * 1024

    let context: OpaquePointer
    private let host: OpaquePointer
    private let protocols: UnsafeMutablePointer<lws_protocols>
    private let name: UnsafeMutablePointer<CChar>
    private let isSecure: Bool

    /// Starts the library; its callbacks find `owner` through the context.
    init(owner: UnsafeMutableRawPointer, tls: HTTPServerConfiguration.TLS?) throws {
        lws_set_log_level(0, nil)
        signal(SIGPIPE, SIG_IGN)
        guard let name = strdup("http") else { throw SocketLibrary.failed }
        self.name = name
        protocols = SocketLibrary.protocols(name)
        isSecure = tls != nil
        var info = SocketLibrary.information(owner, protocols)
        guard let context = limitingDescriptors(to: 65536, { lws_create_context(&info) }) else {
            SocketLibrary.free(protocols, name)
            throw SocketLibrary.failed
        }
        self.context = context
        guard let host = SocketLibrary.host(context, &info, tls) else {
            lws_context_destroy(context)
            SocketLibrary.free(protocols, name)
            throw tls.map { SocketLibrary.badCertificate($0) } ?? SocketLibrary.failed
        }
        self.host = host
    }

    private static let failed = NetworkingError(.failed, "The network library could not start; is there memory left?")

    private static func badCertificate(_ tls: HTTPServerConfiguration.TLS) -> NetworkingError {
        NetworkingError(.badCertificate, "OpenSSL does not take \(tls.certificatePath) with \(tls.keyPath)")
    }

    private static func protocols(_ name: UnsafeMutablePointer<CChar>) -> UnsafeMutablePointer<lws_protocols> {
        let protocols = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
        protocols.initialize(repeating: lws_protocols(), count: 2)
        protocols[0].name = UnsafePointer(name)
        protocols[0].callback = loopCallback
        protocols[0].rx_buffer_size = writeSize
        protocols[0].tx_packet_size = writeSize
        return protocols
    }

    private static func information(
        _ owner: UnsafeMutableRawPointer, _ protocols: UnsafeMutablePointer<lws_protocols>
    ) -> lws_context_creation_info {
        var info = lws_context_creation_info()
        info.port = -2  // CONTEXT_PORT_NO_LISTEN_SERVER: sockets are adopted.
        info.protocols = UnsafePointer(protocols)
        info.gid = -1
        info.uid = -1
        info.user = owner
        info.options =
            UInt64(LWS_SERVER_OPTION_EXPLICIT_VHOSTS) | UInt64(LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME)
            | UInt64(LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS) | (UInt64(1) << 12)  // …_DO_SSL_GLOBAL_INIT
        info.pt_serv_buf_size = UInt32(writeSize)
        info.timeout_secs = 10
        return info
    }

    private static func host(
        _ context: OpaquePointer, _ info: inout lws_context_creation_info, _ tls: HTTPServerConfiguration.TLS?
    ) -> OpaquePointer? {
        guard let tls else { return lws_create_vhost(context, &info) }
        return tls.certificatePath.withCString { certificate in
            tls.keyPath.withCString { key in
                "http/1.1".withCString { alpn in
                    info.ssl_cert_filepath = certificate
                    info.ssl_private_key_filepath = key
                    info.alpn = alpn
                    return lws_create_vhost(context, &info)
                }
            }
        }
    }

    private static func free(
        _ protocols: UnsafeMutablePointer<lws_protocols>, _ name: UnsafeMutablePointer<CChar>
    ) {
        protocols.deallocate()
        Glibc.free(name)
    }

    /// Ends the library and every connection, each of which is called back about once more.
    func destroy() {
        lws_context_destroy(context)
        SocketLibrary.free(protocols, name)
    }

    /// Waits for something to happen and handles it; false where the library cannot go on.
    func service() -> Bool {
        lws_service(context, 0) >= 0
    }

    /// Watches a listening socket, which the library closes in the end.
    func watch(_ descriptor: Int32) -> OpaquePointer? {
        var file = lws_sock_file_fd_type()
        file.filefd = descriptor
        return lws_adopt_descriptor_vhost(host, LWS_ADOPT_RAW_FILE_DESC, file, name, nil)
    }

    /// Takes over a connection, which callbacks then name by `id`; where it fails the socket is closed.
    func adopt(_ descriptor: Int32, id: UInt64) -> OpaquePointer? {
        var file = lws_sock_file_fd_type()
        file.sockfd = descriptor
        let kind = LWS_ADOPT_SOCKET.rawValue | (isSecure ? LWS_ADOPT_ALLOW_SSL.rawValue : 0)
        guard let wsi = lws_adopt_descriptor_vhost(host, lws_adoption_type(rawValue: kind), file, name, nil) else {
            return nil
        }
        SocketLibrary.name(wsi, id)
        return wsi
    }

    static func name(_ wsi: OpaquePointer, _ id: UInt64) {
        lws_set_wsi_user(wsi, UnsafeMutableRawPointer(bitPattern: UInt(id)))
    }

    /// Writes bytes, keeping what the socket does not take; false where the connection is broken.
    static func write(_ wsi: OpaquePointer, _ bytes: UnsafeMutableRawBufferPointer) -> Bool {
        lws_write(wsi, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, LWS_WRITE_HTTP) >= 0
    }

    /// Whether the library holds bytes that the socket did not take.
    static func isHolding(_ wsi: OpaquePointer) -> Bool {
        lws_partial_buffered(wsi) != 0
    }

    static func askForWritable(_ wsi: OpaquePointer) {
        lws_callback_on_writable(wsi)
    }

    static func setReading(_ wsi: OpaquePointer, _ isOn: Bool) {
        lws_rx_flow_control(wsi, isOn ? 1 : 0)
    }

    /// Turns off the time limit that the library sets for the TLS handshake and forgets to lift.
    static func liftTimeLimit(_ wsi: OpaquePointer) {
        lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0)
    }

    /// Closes a connection soon, on this thread.
    static func close(_ wsi: OpaquePointer) {
        // Nothing more is read, so the library does not wait for the peer to close.
        shutdown(lws_get_socket_fd(wsi), Int32(SHUT_RD))
        lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, -1)
    }

    /// Tells the peer that nothing more comes, while it may still send.
    static func finishWriting(_ wsi: OpaquePointer) {
        shutdown(lws_get_socket_fd(wsi), Int32(SHUT_WR))
    }

    /// Whether the peer has closed its side; for connections that are not being read.
    static func isPeerGone(_ wsi: OpaquePointer) -> Bool {
        let hangUp = Int16(0x2000)  // POLLRDHUP
        var watched = pollfd(fd: lws_get_socket_fd(wsi), events: hangUp, revents: 0)
        return poll(&watched, 1, 0) == 1 && watched.revents & (hangUp | Int16(POLLHUP) | Int16(POLLERR)) != 0
    }
}
