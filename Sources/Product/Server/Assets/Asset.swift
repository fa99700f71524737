import Networking
import Synchronization

/// A file of the dashboard, ready to be sent.
struct Asset: Sendable {
    let type: String
    let bytes: [UInt8]
    let packed: [UInt8]?
    let tag: String

    init(_ path: String, _ bytes: [UInt8]) {
        type = Asset.type(of: path)
        self.bytes = bytes
        let packed = bytes.count >= 512 && Asset.isText(type) ? HTTPCompression.gzip(bytes) : nil
        self.packed = packed.flatMap { $0.count < bytes.count ? $0 : nil }
        tag = ETag.of(bytes)
    }

    /// The file, or word that the caller has it already; it is asked for again each time, since names carry no version.
    func response(to request: HTTPRequest, vary: String? = nil) -> HTTPResponse {
        let isPacked = packed != nil && Asset.acceptsGzip(request)
        var headers: HTTPHeaders = ["Content-Type": type, "ETag": isPacked ? "W/\(tag)" : tag]
        headers["Cache-Control"] = "no-cache"
        headers["Vary"] = vary.map { "Accept-Encoding, \($0)" } ?? "Accept-Encoding"
        if isPacked { headers["Content-Encoding"] = "gzip" }
        let body = isPacked ? packed ?? bytes : bytes
        return HTTPResponse(status: 200, headers: headers, body: .bytes(body)).notModifiedIfMatching(request)
    }

    private static func acceptsGzip(_ request: HTTPRequest) -> Bool {
        request.headers.all("Accept-Encoding").joined(separator: ",").split(separator: ",").contains { part in
            let words = part.lowercased().split(separator: ";").map { $0.filter { $0 != " " } }
            return words.first == "gzip" && !words.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
        }
    }

    private static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") || type.hasPrefix("application/json") || type == "image/svg+xml"
    }

    private static func type(of path: String) -> String {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "json", "map", "webmanifest": "application/json"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "ico": "image/x-icon"
        case "woff2": "font/woff2"
        case "txt": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
