import WorkflowModel

/// A message of JSON-RPC 2.0 as a client sends it.
enum RPCMessage: Sendable, Hashable {
    /// Something that is answered.
    case request(RequestID, method: String, [String: Value])
    /// Something that is not answered.
    case notification(method: String, [String: Value])
    /// An answer to a request of the server, which makes none.
    case response

    /// A message, or the mistake in it with the id that could be made out.
    static func read(_ bytes: [UInt8]) -> Result<RPCMessage, Fault> {
        do throws(ValueError) {
            return read(try Value(strangersJSON: bytes))
        } catch {
            return .failure(Fault(id: nil, error: .parse(error.message)))
        }
    }

    /// A mistake, and whose it is.
    struct Fault: Error, Sendable, Hashable {
        let id: RequestID?
        let error: RPCError
    }

    private static func read(_ value: Value) -> Result<RPCMessage, Fault> {
        func wrong(_ message: String) -> Result<RPCMessage, Fault> {
            .failure(Fault(id: RequestID(value["id"]), error: .invalidRequest(message)))
        }
        guard let fields = value.fields else {
            return wrong(
                value.list == nil
                    ? "a message is an object" : "batches are not supported; send each message on its own")
        }
        guard fields["jsonrpc"] == "2.0" else { return wrong("'jsonrpc' must be \"2.0\"") }
        guard let method = fields["method"] else {
            return fields["result"] != nil || fields["error"] != nil
                ? .success(.response) : wrong("'method' is missing")
        }
        guard let name = method.text else { return wrong("'method' must be text") }
        let params = fields["params"] ?? [:]
        guard let named = params.fields else { return wrong("'params' must be an object") }
        guard let id = fields["id"] else { return .success(.notification(method: name, named)) }
        guard let id = RequestID(id) else { return wrong("'id' must be text or a whole number") }
        return .success(.request(id, method: name, named))
    }
}

/// Messages of the server.
enum RPCReply {
    /// An answer.
    static func result(_ result: Value, to id: RequestID) -> Value {
        ["jsonrpc": "2.0", "id": id.json, "result": result]
    }

    /// An answer that tells of a mistake; without an id where none could be made out.
    static func error(_ error: RPCError, to id: RequestID?) -> Value {
        ["jsonrpc": "2.0", "id": id?.json ?? .null, "error": error.json]
    }

    /// Something that is not answered.
    static func notification(_ method: String, _ params: Value) -> Value {
        ["jsonrpc": "2.0", "method": .text(method), "params": params]
    }
}
