import WorkflowModel

/// A mistake in the protocol itself, as JSON-RPC answers it; what a command refuses is a tool's result instead.
struct RPCError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of mistakes; the numbers are the protocol's.
    enum Code: Int, Sendable, Hashable, CaseIterable {
        /// The bytes are no JSON.
        case parse = -32700
        /// The JSON is no message, or comes at the wrong time.
        case invalidRequest = -32600
        /// There is no such method.
        case methodNotFound = -32601
        /// The parameters are wrong.
        case invalidParams = -32602
        /// Something broke that the client is not to blame for.
        case failed = -32603
        /// There is no such resource.
        case resourceNotFound = -32002
        /// The protocol's version is not spoken here.
        case unsupportedVersion = -32022
        /// The client took its request back.
        case cancelled = -32800
    }

    /// The kind.
    let code: Code
    /// What was wrong and what to do.
    let message: String
    /// More for programs; nil where there is no more.
    let data: Value?

    /// A mistake.
    init(_ code: Code, _ message: String, _ data: Value? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    static func parse(_ message: String) -> RPCError { RPCError(.parse, message) }
    static func invalidRequest(_ message: String) -> RPCError { RPCError(.invalidRequest, message) }
    static func invalidParams(_ message: String) -> RPCError { RPCError(.invalidParams, message) }

    var description: String { message }

    /// The `error` of a JSON-RPC answer.
    var json: Value {
        var fields: [String: Value] = ["code": .integer(Int64(code.rawValue)), "message": .text(message)]
        fields["data"] = data
        return .object(fields)
    }
}
