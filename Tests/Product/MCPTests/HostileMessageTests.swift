import DeskCommands
import Determinism
import Testing
import WorkflowModel

@testable import MCP

struct HostileMessageTests {
    private static let seeds: [[UInt8]] = [
        SessionScene.greeting, SessionScene.request(1, "ping"),
        SessionScene.request(2, "tools/list", ["cursor": "tools:0"]),
        SessionScene.request(
            3, "tools/call",
            [
                "name": "order_place", "arguments": ["symbol": "ABC", "quantity": 1.5],
                "_meta": ["progressToken": 7, "idempotency_key": "key-of-today"],
            ]),
        SessionScene.request(4, "resources/read", ["uri": "bellwether://workflows/mor%20ning"]),
        SessionScene.request(5, "prompts/get", ["name": "explain_trigger", "arguments": ["workflow": "morning"]]),
        SessionScene.request(6, "logging/setLevel", ["level": "debug"]),
        SessionScene.request(
            7, "completion/complete",
            ["ref": ["type": "ref/prompt"], "argument": ["name": "workflow", "value": "m"]]),
        SessionScene.bytes(["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 3]]),
        Array(#"{"jsonrpc":"2.0","id":"é\u0041\ud83d\ude00","method":"tools/call","params":{"name":null}}"#.utf8),
    ]
    private static let pieces = [
        "null", "[]", "{}", "-1", "1e308", "9999999999999999999999", "\"\"", "true", "[[[[", "\"id\":", "\\u", "\u{0}",
        ",", "\"tier\":\"live\"", "0.1e-400", "\\ud800",
    ].map { Array($0.utf8) }

    private func mutated(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = HostileMessageTests.seeds[random.below(HostileMessageTests.seeds.count)]
        for _ in 0..<(1 + random.below(6)) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(5) {
            case 0: bytes[place] = UInt8(random.below(256))
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
            case 2: bytes.insert(contentsOf: HostileMessageTests.pieces[random.below(16)], at: place)
            case 3:
                bytes.insert(contentsOf: bytes[place...].prefix(1 + random.below(20)), at: random.below(bytes.count))
            default: bytes.removeLast(min(bytes.count, 1 + random.below(10)))
            }
        }
        return bytes
    }

    @Test func `answers twenty thousand damaged messages without a trap, and every request once`() throws {
        var random = SeededRandom(seed: 20_000)
        let caller = Caller("tester", .admin, through: .mcp, tier: .read)
        var answered = 0
        let new = MCPSession(
            id: "s", caller: caller, tools: ToolBox(SampleDesk.commands, for: caller), serverVersion: "1")
        var greeted = new
        _ = greeted.receive(SessionScene.greeting)
        for turn in 0..<20_000 {
            var session = turn % 4 == 0 ? new : greeted
            let actions = session.receive(mutated(&random))
            #expect(actions.count <= 1)
            guard case .send(let message)? = actions.first else { continue }
            answered += 1
            let back = try Value(strangersJSON: message.bytes)
            #expect(back["jsonrpc"] == "2.0" && (back["result"] == nil) != (back["error"] == nil))
        }
        #expect(answered > 15_000)
    }

    @Test func `never begins work beyond the tier, whatever a message holds`() {
        var random = SeededRandom(seed: 7)
        let caller = Caller("tester", .admin, through: .mcp, tier: .read)
        var greeted = MCPSession(
            id: "s", caller: caller, tools: ToolBox(SampleDesk.commands, for: caller), serverVersion: "1")
        _ = greeted.receive(SessionScene.greeting)
        for _ in 0..<5000 {
            var session = greeted
            for action in session.receive(mutated(&random)) {
                guard case .start(_, .call(let call)) = action else { continue }
                #expect(call.tool.command.permission == .read)
                #expect(call.call.caller == caller)
            }
        }
    }

    @Test func `reads back what it writes`() throws {
        var random = SeededRandom(seed: 3)
        for _ in 0..<2000 {
            let value = HostileMessageTests.value(&random, depth: 0)
            #expect(try Value(strangersJSON: try value.json()) == value)
        }
    }

    private static func value(_ random: inout SeededRandom, depth: Int) -> Value {
        switch random.below(depth > 4 ? 5 : 7) {
        case 0: .null
        case 1: .boolean(random.below(2) == 0)
        case 2: .integer(Int64(bitPattern: random.next()))
        case 3: .number(random.normal() + 0.5)
        case 4:
            .text(
                String(
                    String.UnicodeScalarView(
                        (0..<random.below(6)).compactMap { _ in Unicode.Scalar(UInt32(random.below(0x1_10000))) })))
        case 5: .list((0..<random.below(4)).map { _ in value(&random, depth: depth + 1) })
        default:
            .object(
                Dictionary((0..<random.below(4)).map { ("n\($0)\"", value(&random, depth: depth + 1)) }) { $1 })
        }
    }
}

extension SeededRandom {
    fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
