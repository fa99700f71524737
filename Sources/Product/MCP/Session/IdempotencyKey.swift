import Storage

/// What makes a repeated write the same write.
enum IdempotencyKey {
    /// A key of a request in a session: the same for the same two, and for no others.
    static func derived(of request: String, in session: String) -> String {
        "mcp-" + Digest.of(Array("\(session.utf8.count):\(session)\(request)".utf8)).hex.prefix(48)
    }

    /// Whether a client may use this text.
    static func isAllowed(_ text: String) -> Bool {
        (8...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
