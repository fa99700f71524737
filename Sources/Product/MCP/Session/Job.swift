import DeskCommands
import WorkflowModel

/// Work that a session asks for.
enum Job: Sendable {
    /// Call a tool.
    case call(ToolCall)
    /// Put on the record that a tool was asked for that the caller may not use, and say so.
    case refuse(CommandCall, CommandProblem)
    /// Read a resource.
    case read(ResourceRead)
    /// List the resources there are.
    case listResources(cursor: String?)
    /// Offer names for an argument.
    case complete(name: String, beginning: String)
}

/// A call of a tool.
struct ToolCall: Sendable {
    /// The tool.
    let tool: Tool
    /// The command's call.
    let call: CommandCall
    /// Whether the client follows the work until it is done.
    let wantsProgress: Bool
}

/// A resource that is to be read.
struct ResourceRead: Sendable {
    /// Its address as the client wrote it.
    let uri: String
    /// What reads it.
    let call: CommandCall
    /// What the answer looks like.
    let answer: ValueSchema
}
