public import WorkflowModel

/// One thing that can be asked of the desk, the same through every face.
///
/// CLI, REST, WebSocket, MCP and dashboard are made from these: names, fields, answers and permissions stand here once.
public struct DeskCommand: Sendable {
    /// Dotted, such as `orders.list`.
    public let name: String
    /// One line without a full stop.
    public let summary: String
    /// What the caller must be allowed.
    public let permission: Permission
    /// Where REST has it.
    public let route: Route
    /// What MCP calls it; nil where no model may be offered it.
    public let tool: String?
    /// What it takes, in the order help shows.
    public let fields: [FieldDescription]
    /// What its answer looks like.
    public let answer: ValueSchema
    /// When a person has to say yes first.
    public let confirmation: Confirmation
    /// What it does.
    public let perform: Action

    /// What a command does: arguments were checked against the fields before.
    public typealias Action = @Sendable (CommandArguments, CommandContext) async throws -> Value

    /// Whether a person has to say yes to a call.
    public enum Confirmation: Sendable {
        /// Never.
        case never
        /// Where the caller is a program that a model steers.
        case fromModels
        /// Where this tells a reason to ask; nil lets the call pass.
        case when(@Sendable (CommandArguments, CommandContext) async throws -> String?)
    }

    /// A command.
    public init(
        _ name: String, _ summary: String, _ permission: Permission, at route: Route, tool: String? = nil,
        takes fields: [FieldDescription] = [], answers answer: ValueSchema, confirmation: Confirmation = .never,
        perform: @escaping Action
    ) {
        self.name = name
        self.summary = summary
        self.permission = permission
        self.route = route
        self.tool = tool
        self.fields = fields
        self.answer = answer
        self.confirmation = confirmation
        self.perform = perform
    }

    /// Whether it changes nothing.
    public var isQuery: Bool { route.method == .get }
}

/// Where REST has a command: a method and a path with `{fields}` in it.
public struct Route: Sendable, Hashable {
    /// The methods that are used.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// The method.
    public let method: Method
    /// Such as `/api/orders/{id}`.
    public let path: String

    /// A way to read something.
    public static func get(_ path: String) -> Route { Route(method: .get, path: path) }

    /// A way to make or do something.
    public static func post(_ path: String) -> Route { Route(method: .post, path: path) }

    /// A way to change a part of something.
    public static func patch(_ path: String) -> Route { Route(method: .patch, path: path) }

    /// A way to remove something.
    public static func delete(_ path: String) -> Route { Route(method: .delete, path: path) }

    /// The names between braces, in order.
    public var parameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map {
            String($0.dropFirst().dropLast())
        }
    }
}
