/// Why the server ends a WebSocket.
struct WebSocketFailure: Error, Sendable, Hashable {
    let code: UInt16
    let reason: String

    static func rule(_ reason: String) -> WebSocketFailure { WebSocketFailure(code: 1002, reason: reason) }
    static let notText = WebSocketFailure(code: 1007, reason: "A message is not UTF-8.")
}
