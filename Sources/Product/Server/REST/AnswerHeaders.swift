import Networking

/// Headers that go with every answer.
struct AnswerHeaders: Sendable {
    /// For answers of the interface.
    let plain: HTTPHeaders
    /// For pages and files of the dashboard.
    let page: HTTPHeaders

    init(isSecure: Bool) {
        plain = HTTPHeaders(AnswerHeaders.common(isSecure) + [("Content-Security-Policy", AnswerHeaders.closed)])
        page = HTTPHeaders(AnswerHeaders.common(isSecure) + [("Content-Security-Policy", AnswerHeaders.dashboard)])
    }

    /// The header of these with those of an answer added.
    func completing(_ response: HTTPResponse, isPage: Bool) -> HTTPResponse {
        var response = response
        var headers = isPage ? page : plain
        for (name, value) in response.headers.pairs { headers.add(name, value) }
        if response.headers["Cache-Control"] == nil { headers.add("Cache-Control", "no-store") }
        response.headers = headers
        return response
    }

    private static let closed = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

    private static let dashboard = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
        connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'
        """

    private static func common(_ isSecure: Bool) -> [(String, String)] {
        [
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Embedder-Policy", "require-corp"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ] + (isSecure ? [("Strict-Transport-Security", "max-age=31536000")] : [])
    }
}
