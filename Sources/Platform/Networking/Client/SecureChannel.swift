import CCrypto
import Glibc

/// TLS over a connection; the other side must prove with a certificate that it is the machine that was asked for.
struct SecureChannel {
    private let session: OpaquePointer
    private let context: OpaquePointer
    private let host: String

    /// Shakes hands; throws where the certificate is not trusted, or is another machine's.
    init(over socket: OutboundSocket, authorities: String?) throws {
        host = socket.address.host
        guard let context = SSL_CTX_new(TLS_client_method()), let session = SSL_new(context) else {
            throw WebPost.Failure(message: "OpenSSL cannot open a session")
        }
        (self.context, self.session) = (context, session)
        SSL_CTX_set_default_verify_paths(context)
        do {
            try trust(authorities)
            try expectHost()
            guard SSL_set_fd(session, socket.descriptor) == 1, SSL_connect(session) == 1 else { throw refusal }
        } catch {
            close()
            throw error
        }
    }

    private func trust(_ authorities: String?) throws {
        SSL_set_verify(session, SSL_VERIFY_PEER, nil)
        guard let authorities else { return }
        // The store belongs to the context, and to every session of it.
        guard SSL_CTX_load_verify_locations(context, authorities, nil) == 1 else {
            throw WebPost.Failure(message: "\(authorities) holds no certificates that can be read")
        }
    }

    /// An address is compared with the certificate's addresses, a name with its names.
    private func expectHost() throws {
        var bytes = in6_addr()
        if inet_pton(AF_INET, host, &bytes) == 1 || inet_pton(AF_INET6, host, &bytes) == 1 {
            guard X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host) == 1 else { throw refusal }
            return
        }
        // What SSL_set_tlsext_host_name, a macro, does.
        let named = host.withCString { name in
            SSL_ctrl(
                session, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name),
                UnsafeMutableRawPointer(mutating: name))
        }
        guard named == 1, SSL_set1_host(session, host) == 1 else { throw refusal }
    }

    private var refusal: WebPost.Failure {
        let result = SSL_get_verify_result(session)
        ERR_clear_error()
        guard result != Int(X509_V_OK), let words = X509_verify_cert_error_string(result) else {
            return WebPost.Failure(message: "\(host) does not speak TLS on this port")
        }
        return WebPost.Failure(message: "\(host) is not trusted: \(String(cString: words))")
    }

    func write(_ bytes: [UInt8]) throws {
        let count = SSL_write(session, bytes, Int32(clamping: bytes.count))
        guard count == bytes.count else {
            ERR_clear_error()
            throw WebPost.Failure(message: "\(host) does not take the request")
        }
    }

    /// At most so many bytes; none at the end.
    func read(_ most: Int) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = SSL_read(session, &buffer, Int32(clamping: most))
        if count > 0 { return Array(buffer.prefix(Int(count))) }
        let reason = SSL_get_error(session, count)
        ERR_clear_error()
        guard reason == SSL_ERROR_ZERO_RETURN else {
            throw WebPost.Failure(message: "\(host) does not answer in time")
        }
        return []
    }

    func close() {
        SSL_free(session)
        SSL_CTX_free(context)
    }
}
