import WorkflowModel

/// What the description says of an endpoint that is no command.
struct FixedOperation {
    var name: String
    var summary: String
    var answers: [String: Value]
    var refusals: [Int]
    var body: Value?
}

extension OpenAPIParts {
    static func fixed(_ endpoint: Endpoint) -> FixedOperation {
        switch endpoint {
        case .session:
            FixedOperation(
                name: "session", summary: "Who the caller is, and the token that a browser sends with writes",
                answers: ["200": json("OwnSession")], refusals: [401, 429])
        case .logout:
            FixedOperation(
                name: "logout", summary: "Ends the browser's session", answers: ["204": plain("Ended")],
                refusals: [401, 403, 429])
        case .login:
            FixedOperation(
                name: "login", summary: "Begins a browser's session with a token that works once",
                answers: ["303": plain("On to the dashboard")], refusals: [401, 405, 429])
        case .live:
            FixedOperation(
                name: "health_live", summary: "Whether the process lives", answers: ["200": json("HealthWord")],
                refusals: [])
        case .ready:
            FixedOperation(
                name: "health_ready", summary: "Whether the process can work",
                answers: ["200": json("HealthWord"), "503": notReady], refusals: [])
        case .metrics:
            FixedOperation(
                name: "metrics", summary: "Figures for Prometheus", answers: ["200": text("text/plain", "The figures")],
                refusals: [401, 429])
        case .openAPI:
            FixedOperation(
                name: "openapi", summary: "This description",
                answers: ["200": text("application/json", "The description")],
                refusals: [401, 429])
        case .hook: hook
        case .socket:
            FixedOperation(
                name: "streams", summary: "A WebSocket with what happens", answers: ["101": plain("Opened")],
                refusals: [401, 403, 426, 429])
        case .mcp:
            FixedOperation(
                name: "mcp", summary: "Tools for models (Model Context Protocol)",
                answers: ["200": plain("As the protocol says"), "202": plain("Taken")],
                refusals: [401, 403, 404, 405, 429])
        case .command, .page, .asset: FixedOperation(name: "", summary: "", answers: [:], refusals: [])
        }
    }

    private static var hook: FixedOperation {
        FixedOperation(
            name: "hook", summary: "A signed message for a workflow's trigger",
            answers: ["202": plain("Kept; the trigger will see it")],
            refusals: [401, 404, 409, 429],
            body: ["required": true, "content": ["application/json": ["schema": [:]]]])
    }

    /// Not ready, or too much at once.
    private static var notReady: Value {
        [
            "description": "It cannot work now",
            "content": [
                "application/json": ["schema": ["$ref": .text(OpenAPI.shapes + "HealthWord")]],
                "application/problem+json": ["schema": ["$ref": .text(OpenAPI.shapes + "Problem")]],
            ],
        ]
    }

    private static func json(_ shape: String) -> Value {
        [
            "description": .text(shape),
            "content": ["application/json": ["schema": ["$ref": .text(OpenAPI.shapes + shape)]]],
        ]
    }

    private static func text(_ type: String, _ about: String) -> Value {
        ["description": .text(about), "content": .object([type: ["schema": [:]]])]
    }

    private static func plain(_ about: String) -> Value { ["description": .text(about)] }
}
