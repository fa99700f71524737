import CCrypto
import Foundation

/// Looks at a certificate and its key before the server needs them.
enum CertificateFiles {
    /// Throws where a file cannot be read, is not what it should be, or the key belongs to another certificate.
    static func check(_ files: HTTPServerConfiguration.TLS) throws(NetworkingError) {
        let certificate = try opened(files.certificatePath, "certificate") { PEM_read_bio_X509($0, nil, nil, nil) }
        defer { X509_free(certificate) }
        let key = try opened(files.keyPath, "private key") { PEM_read_bio_PrivateKey($0, nil, noPassword, nil) }
        defer { EVP_PKEY_free(key) }
        guard X509_check_private_key(certificate, key) == 1 else {
            ERR_clear_error()
            throw NetworkingError(
                .badCertificate, "\(files.keyPath) is not the key of the certificate \(files.certificatePath)")
        }
    }

    private static func opened(
        _ path: String, _ what: String, _ read: (OpaquePointer) -> OpaquePointer?
    ) throws(NetworkingError) -> OpaquePointer {
        guard let file = BIO_new_file(path, "r") else {
            ERR_clear_error()
            throw NetworkingError(.badCertificate, "The \(what) \(path) cannot be read; check the path and its rights")
        }
        defer { BIO_free(file) }
        guard let object = read(file) else {
            ERR_clear_error()
            throw NetworkingError(.badCertificate, "\(path) holds no \(what) in PEM form without a password")
        }
        return object
    }
}

/// Answers for a key's password, so that OpenSSL does not ask on the terminal.
private func noPassword(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ writes: Int32, _ user: UnsafeMutableRawPointer?
) -> Int32 { -1 }
