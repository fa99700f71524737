import WorkflowModel

/// The versions of the protocol that are spoken here, oldest first.
enum ProtocolVersion: String, Sendable, Hashable, CaseIterable {
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"

    /// What is offered to a client that asks for a version that is not known here.
    static let newest = ProtocolVersion.november2025

    /// What a client over HTTP speaks that does not say: the last version without the header for it.
    static let withoutHeader = ProtocolVersion.march2025

    /// The version a session speaks where the client asks for this one.
    static func negotiated(_ asked: String) -> ProtocolVersion {
        ProtocolVersion(rawValue: asked) ?? newest
    }

    /// The mistake of asking for a version that is not spoken here.
    static func unsupported(_ asked: String) -> RPCError {
        let known = allCases.map { Value.text($0.rawValue) }
        return RPCError(
            .unsupportedVersion, "this version of the protocol is not spoken here; begin with 'initialize'",
            ["requested": .text(String(asked.prefix(40))), "supported": .list(known)])
    }
}
