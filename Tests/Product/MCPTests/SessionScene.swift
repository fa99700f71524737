import DeskCommands
import Determinism
import Synchronization
import WorkflowModel

@testable import MCP

/// Keeps what a conversation sent.
final class KeepingOutlet: MCPOutlet {
    private let messages = Mutex<[Outgoing]>([])
    private let (arrivals, arrived) = AsyncStream.makeStream(of: Outgoing.self)

    var sent: [Value] { messages.withLock { $0.map(\.message) } }

    func send(_ message: Outgoing) async {
        messages.withLock { $0.append(message) }
        arrived.yield(message)
    }

    /// Waits for the answer to a request.
    func answer(to id: RequestID) async -> Value? {
        for await message in arrivals where message.isAnswer && message.about == id { return message.message }
        return nil
    }
}

/// A conversation with the sample desk.
struct SessionScene {
    let desk: SampleDesk
    let time = ManualTime(at: Timestamp(nanoseconds: 0))
    let outlet = KeepingOutlet()
    let connection: MCPConnection

    init(_ tier: Tier = .read, role: Role = .admin, desk: SampleDesk = SampleDesk()) async {
        self.desk = desk
        let services = MCPServices(performer: desk, time: time, version: "1", commands: SampleDesk.commands)
        let caller = Caller("tester", role, through: .mcp, tier: tier)
        connection = MCPConnection(id: "session", caller: caller, services: services, outlet: outlet)
        await connection.receive(SessionScene.greeting)
        await connection.receive(Array(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#.utf8))
    }

    static let greeting = request(
        0, "initialize",
        ["protocolVersion": "2025-06-18", "capabilities": [:], "clientInfo": ["name": "test", "version": "1"]])

    static func request(_ id: Int64, _ method: String, _ params: Value = [:]) -> [UInt8] {
        bytes(["jsonrpc": "2.0", "id": .integer(id), "method": .text(method), "params": params])
    }

    static func bytes(_ value: Value) -> [UInt8] { (try? value.json()) ?? [] }

    /// Sends a request and waits for what it came to.
    func ask(_ id: Int64, _ method: String, _ params: Value = [:]) async -> Value {
        await connection.receive(SessionScene.request(id, method, params))
        return await outlet.answer(to: .number(id)) ?? .null
    }

    /// Calls a tool and waits for its result.
    func call(_ id: Int64, _ tool: String, _ arguments: Value = [:], meta: Value = [:]) async -> Value {
        await ask(id, "tools/call", ["name": .text(tool), "arguments": arguments, "_meta": meta])["result"] ?? .null
    }
}
