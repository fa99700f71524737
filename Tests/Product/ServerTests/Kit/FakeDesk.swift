import DeskCommands
import Determinism
import Networking
import Synchronization
import Telemetry
import WorkflowModel

@testable import Server

/// Commands that answer what a test says, and remember what they were asked.
final class FakeCommands: CommandPerforming {
    typealias Answer = @Sendable (CommandCall) async throws(CommandProblem) -> CommandAnswer

    let calls = Mutex<[CommandCall]>([])
    private let reply = Mutex<Answer?>(nil)

    func answer(_ reply: @escaping Answer) { self.reply.withLock { $0 = reply } }

    func perform(_ call: CommandCall) async throws(CommandProblem) -> CommandAnswer {
        calls.withLock { $0.append(call) }
        guard let reply = reply.withLock({ $0 }) else {
            return CommandAnswer(["command": .text(call.command), "arguments": .object(call.arguments)])
        }
        return try await reply(call)
    }

    var last: CommandCall? { calls.withLock { $0.last } }
    var count: Int { calls.withLock { $0.count } }
}

/// A gate with fixed keys and one session.
final class FakeGate: Gate {
    struct State {
        var keys: [String: Caller] = [
            "bw_trader": Caller("ada", .trader, through: .rest), "bw_viewer": Caller("bob", .viewer, through: .rest),
            "bw_model": Caller("model", .trader, through: .rest, tier: .read),
        ]
        var session: OpenSession? = OpenSession(
            id: "s1", cookie: "cookie-1", caller: Caller("amy", .admin, through: .dashboard), csrf: "token-1",
            expires: Timestamp(nanoseconds: 3_600_000_000_000))
        var links: Set<String> = ["link-1"]
        var limit = 1_000_000
        var taken: [String: Int] = [:]
        var failures: [String: Int] = [:]
        var records: [AccessEntry] = []
    }

    let state = Mutex(State())

    var hasKeys: Bool { state.withLock { !$0.keys.isEmpty } }

    func caller(key: String, person: String?, at time: Timestamp) -> Caller? { state.withLock { $0.keys[key] } }

    func session(cookie: String, at time: Timestamp) -> OpenSession? {
        state.withLock { $0.session?.cookie == cookie ? $0.session : nil }
    }

    func redeem(login token: String, at time: Timestamp) async -> OpenSession? {
        state.withLock { $0.links.remove(token) == nil ? nil : $0.session }
    }

    func end(_ session: OpenSession) async { state.withLock { $0.session = nil } }

    func take(_ bucket: String, at time: Timestamp) -> RateState {
        state.withLock { state in
            state.taken[bucket, default: 0] += 1
            let left = state.limit - state.taken[bucket, default: 0]
            return RateState(isAllowed: left >= 0, limit: state.limit, remaining: max(0, left), reset: 7, wait: 3)
        }
    }

    func wait(of peer: String, at time: Timestamp) -> Duration? {
        state.withLock { $0.failures[peer, default: 0] >= 3 ? .seconds(9) : nil }
    }

    func failed(_ peer: String, at time: Timestamp) { state.withLock { $0.failures[peer, default: 0] += 1 } }

    func record(_ entry: AccessEntry) async { state.withLock { $0.records.append(entry) } }
}

/// A face over fakes.
struct FakeDesk {
    let commands = FakeCommands()
    let gate = FakeGate()
    let time = ManualTime(at: Timestamp(nanoseconds: 1_000_000_000))
    let hub: StreamHub
    let calls = CallRunner()
    let metrics = MetricRegistry()
    let parts: ServerParts
    let face: RESTFace

    init(_ change: (inout ServerParts) -> Void = { _ in }, configure: (inout ServerConfiguration) -> Void = { _ in })
        throws
    {
        hub = StreamHub(epoch: "epoch-1", time: time)
        var parts = ServerParts(
            commands: commands, catalog: FakeDesk.catalog, gate: gate, hub: hub, time: time, metrics: metrics,
            log: .silent, seed: 1)
        change(&parts)
        self.parts = parts
        var configuration = ServerConfiguration()
        configure(&configuration)
        face = try RESTFace(
            parts, configuration, assets: AssetLibrary(folder: configuration.assetFolder), calls: calls)
    }

    /// The answer to a request as the socket layer asks for it: at once where that is possible.
    func send(
        _ method: String, _ target: String, key: String? = "bw_trader", headers: [(String, String)] = [],
        body: [UInt8] = []
    ) async throws -> Reply {
        var all = headers
        if !headers.contains(where: { $0.0 == "Host" }) { all.append(("Host", "127.0.0.1:8000")) }
        if let key { all.append(("Authorization", "Bearer \(key)")) }
        guard let request = HTTPRequest(method, target, headers: HTTPHeaders(all), body: body) else {
            throw BadTarget(target: target)
        }
        if let response = face.answerAtOnce(request) { return Reply(response, isAtOnce: true) }
        return Reply(await face.answer(request), isAtOnce: false)
    }

    func write(
        _ target: String, _ body: Value, method: String = "POST", key: String? = "bw_trader",
        headers: [(String, String)] = [("Idempotency-Key", "12345678")]
    ) async throws -> Reply {
        try await send(
            method, target, key: key, headers: headers + [("Content-Type", "application/json")], body: try body.json())
    }

    struct BadTarget: Error { let target: String }

    struct Reply {
        let status: Int
        let headers: HTTPHeaders
        let bytes: [UInt8]
        let isAtOnce: Bool

        init(_ response: HTTPResponse, isAtOnce: Bool) {
            (status, headers, self.isAtOnce) = (response.status, response.headers, isAtOnce)
            if case .bytes(let bytes) = response.body { self.bytes = bytes } else { bytes = [] }
        }

        var json: Value { (try? Value(json: bytes)) ?? .null }
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    static let catalog: [DeskCommand] = [
        fake("status", .read, .get("/api/status"), answers: .object([.init("mode", .text)])),
        fake("portfolio", .read, .get("/api/portfolio")), fake("signals", .read, .get("/api/signals")),
        fake(
            "bars", .read, .get("/api/bars/{symbol}"),
            takes: [
                Field<String>.text("symbol", "Which", upTo: 10).description,
                Field<Int>.integer("limit", 1...500, "How many").or(500).description,
                Field<[String]>.texts("indicators", "Which").optional.description,
                Field<Bool>.flag("simulated", "Whether").description,
                Field<Double>.number("from", 0...10, "From").optional.description,
            ], answers: .list(.named("Bar", .object([.init("open", .number), .init("time", .time)])))),
        fake(
            "orders.place", .trade, .post("/api/orders"),
            takes: [
                Field<String>.text("symbol", "Which").description,
                Field<String>.choice("side", ["buy", "sell"], "Which way").description,
                Field<Value>.object("more", "Anything").optional.description,
            ]),
        fake(
            "orders.show", .read, .get("/api/orders/{id}"), takes: [Field<String>.text("id", "Which").description],
            answers: .named("Order", .object([.init("bar", .named("Bar", .anyObject).orNull)]))),
        fake(
            "keys.revoke", .administer, .delete("/api/keys/{id}"),
            takes: [Field<String>.text("id", "Which").description]),
        fake(
            "limits.change", .administer, .patch("/api/risk/limits"),
            takes: [Field<Double>.number("loss", 0...1, "L").description]),
    ]

    private static func fake(
        _ name: String, _ permission: Permission, _ route: Route, takes fields: [FieldDescription] = [],
        answers: ValueSchema = .anyObject
    ) -> DeskCommand {
        DeskCommand(name, "Does \(name)", permission, at: route, takes: fields, answers: answers) { _, _ in [:] }
    }
}
