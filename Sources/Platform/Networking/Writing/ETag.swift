import CCrypto

/// Entity tags: names for the exact bytes of an answer.
public enum ETag {
    /// A strong tag, quoted, from the SHA-256 of the bytes.
    public static func of(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = digest(bytes, EVP_sha256()).prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\"" + String(decoding: text, as: UTF8.self) + "\""
    }

    /// Whether one of the tags in an `If-None-Match` is this one, weak or strong (RFC 9110, 13.1.2).
    static func matches(_ condition: String, _ tag: String) -> Bool {
        let own = opaque(tag[...])
        return condition.split(separator: ",").map(ASCII.trimmed).contains { $0 == "*" || opaque($0) == own }
    }

    private static func opaque(_ tag: Substring) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }

    static func digest(_ bytes: [UInt8], _ kind: OpaquePointer?) -> [UInt8] {
        var length: UInt32 = 0
        var output = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        EVP_Digest(bytes, bytes.count, &output, &length, kind, nil)
        return Array(output.prefix(Int(length)))
    }
}

extension HTTPResponse {
    /// This answer, or 304 without a body where it carries an `ETag` that a GET or HEAD already has.
    public func notModifiedIfMatching(_ request: HTTPRequest) -> HTTPResponse {
        guard status == 200, request.method == "GET" || request.method == "HEAD", let tag = headers["ETag"],
            request.headers.all("If-None-Match").contains(where: { ETag.matches($0, tag) })
        else { return self }
        var kept = HTTPHeaders()
        for name in ["ETag", "Cache-Control", "Content-Location", "Expires", "Last-Modified", "Vary"] {
            for value in headers.all(name) { kept.add(name, value) }
        }
        return HTTPResponse(status: 304, headers: kept)
    }
}
