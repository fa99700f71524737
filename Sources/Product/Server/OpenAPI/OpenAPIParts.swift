import Networking
import WorkflowModel

/// The parts that operations share.
enum OpenAPIParts {
    static let schemas: [String: Value] = [
        "Problem": [
            "type": "object", "description": "Why a request was not done (RFC 9457)",
            "required": ["type", "title", "status", "code", "detail", "trace"],
            "properties": [
                "type": ["type": "string", "format": "uri-reference"], "title": ["type": "string"],
                "status": ["type": "integer"], "code": ["type": "string", "description": "One word for programs"],
                "detail": ["type": "string", "description": "What was wrong and what to do"],
                "trace": ["type": "string", "pattern": "^[0-9a-f]{32}$"],
                "errors": [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["field", "message"],
                        "properties": ["field": ["type": "string"], "message": ["type": "string"]],
                    ],
                ],
            ],
        ],
        "NeedsConfirmation": [
            "type": "object", "required": ["confirmation"],
            "properties": [
                "confirmation": [
                    "type": "object", "required": ["id", "what", "why", "expires_at", "how"],
                    "properties": [
                        "id": ["type": "string"], "what": ["type": "string"], "why": ["type": "string"],
                        "expires_at": ["type": "string", "format": "date-time"], "how": ["type": "string"],
                    ],
                ]
            ],
        ],
        "OwnSession": [
            "type": "object", "required": ["name", "role", "face", "csrf", "expires_at", "mode", "simulated"],
            "properties": [
                "name": ["type": "string"], "role": ["type": "string"], "face": ["type": "string"],
                "tier": ["type": ["string", "null"]], "csrf": ["type": ["string", "null"]],
                "expires_at": ["type": ["string", "null"]], "mode": ["type": "string"],
                "simulated": ["type": ["boolean", "null"]], "run": ["type": ["string", "null"]],
            ],
        ],
        "HealthWord": [
            "type": "object", "required": ["status"], "properties": ["status": ["type": "string"]],
        ],
    ]

    static let parameters: Value = [
        "IdempotencyKey": [
            "name": "Idempotency-Key", "in": "header",
            "description": "Makes a repeated write the same write; required with a key", "example": "9f8e7d6c-order-1",
            "schema": ["type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$"],
        ],
        "CSRFToken": [
            "name": "X-CSRF-Token", "in": "header", "schema": ["type": "string"],
            "description": "The token of GET /api/session; required with a browser's session",
        ],
        "IfNoneMatch": [
            "name": "If-None-Match", "in": "header", "schema": ["type": "string"],
            "description": "The tag of an answer that the caller has already",
        ],
        "Traceparent": [
            "name": "traceparent", "in": "header", "schema": ["type": "string"],
            "description": "The trace that the call belongs to (W3C Trace Context)",
        ],
    ]

    static let headers: Value = [
        "Trace": ["description": "The trace of the request", "schema": ["type": "string"]],
        "Tag": ["description": "The name of exactly this answer", "schema": ["type": "string"]],
        "Replayed": [
            "description": "`true` where the same write was done before and this is the answer from then",
            "schema": ["type": "string"],
        ],
        "RateLimit": ["description": "The most calls at once", "schema": ["type": "integer"]],
        "RateRemaining": ["description": "How many calls are left", "schema": ["type": "integer"]],
        "RateReset": ["description": "Seconds until there are more", "schema": ["type": "integer"]],
        "RetryAfter": ["description": "Seconds to wait", "schema": ["type": "integer"]],
    ]

    static let readHeaders = Value.object(common.merging(["ETag": reference("Tag")]) { first, _ in first })
    static let writeHeaders = Value.object(
        common.merging(["Idempotency-Replayed": reference("Replayed")]) { first, _ in first })

    private static let common = [
        "X-Trace-Id": reference("Trace"), "RateLimit-Limit": reference("RateLimit"),
        "RateLimit-Remaining": reference("RateRemaining"), "RateLimit-Reset": reference("RateReset"),
    ]

    private static func reference(_ name: String) -> Value { ["$ref": .text("#/components/headers/\(name)")] }

    static let securitySchemes: Value = [
        "key": ["type": "http", "scheme": "bearer", "description": "An API key: `bellwether keys create`"],
        "session": [
            "type": "apiKey", "in": "cookie", "name": .text(Credential.cookieName),
            "description": "A browser's session: `bellwether login`",
        ],
    ]

    static let responses: Value = {
        let statuses = OpenAPIOperation.everywhere + [401, 403, 404, 405, 409, 415, 422, 426, 429, 500]
        let pairs = statuses.map { status -> (String, Value) in
            var headers: [String: Value] = ["X-Trace-Id": reference("Trace")]
            if status == 429 || status == 503 { headers["Retry-After"] = reference("RetryAfter") }
            return ("Problem\(status)", problem(StatusText.of(status), .object(headers)))
        }
        return .object(Dictionary(pairs) { first, _ in first })
    }()

    private static func problem(_ title: String, _ headers: Value) -> Value {
        [
            "description": .text(title), "headers": headers,
            "content": ["application/problem+json": ["schema": ["$ref": .text(OpenAPI.shapes + "Problem")]]],
        ]
    }
}
