/// Who calls a command, and through which face.
public struct Caller: Sendable, Hashable {
    /// How a call came in.
    public enum Face: String, Sendable, Hashable {
        case terminal
        case rest
        case webSocket = "websocket"
        case mcp
        case dashboard
    }

    /// A name for the record: a key's name, or the person at the terminal.
    public let name: String
    /// What they are.
    public let role: Role
    /// The face.
    public let face: Face
    /// How far a program that a model steers may go; nil for everybody else.
    public let tier: Tier?

    /// A caller.
    public init(_ name: String, _ role: Role, through face: Face, tier: Tier? = nil) {
        self.name = name
        self.role = role
        self.face = face
        self.tier = face == .mcp ? tier ?? .read : tier
    }

    /// Whether a model may be speaking.
    public var isModel: Bool { tier != nil }

    /// Whether a person is known to be there, who can confirm: at a terminal, or in a browser that a person opened.
    public var isPerson: Bool { !isModel && (face == .terminal || face == .dashboard) }
}
