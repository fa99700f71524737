import DeskCommands
import Determinism
import Dispatch
import Foundation
import Testing
import WorkflowModel

@testable import MCP

struct StdioTransportTests {
    /// What comes out where this goes in and the input ends.
    private func talk(_ input: [UInt8], tier: Tier = .read) async throws -> [Value] {
        let (into, out) = (Pipe(), Pipe())
        let services = MCPServices(
            performer: SampleDesk(stride: 1), time: SystemTime(), version: "1", commands: SampleDesk.commands)
        let transport = StdioTransport(
            input: into.fileHandleForReading.fileDescriptor, output: out.fileHandleForWriting.fileDescriptor,
            sessionID: "session", caller: Caller("tester", .admin, through: .mcp, tier: tier), services: services)
        // Writing and reading wait, so they have queues of their own.
        DispatchQueue(label: "test.writes").async {
            try? into.fileHandleForWriting.write(contentsOf: Data(input))
            try? into.fileHandleForWriting.close()
        }
        let reader = PipeReader(out.fileHandleForReading.fileDescriptor)
        async let everything = StdioTransportTests.everything(from: reader)
        await transport.run()
        try out.fileHandleForWriting.close()
        let read = await everything
        return try read.split(separator: UInt8(ascii: "\n")).map { try Value(json: Array($0)) }
    }

    private static func everything(from reader: PipeReader) async -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = await reader.next() { bytes += more }
        return bytes
    }

    private func lines(_ messages: [[UInt8]]) -> [UInt8] { messages.flatMap { $0 + [0x0A] } }

    @Test func `writes one message a line and finishes what is under way when the input ends`() async throws {
        let call = SessionScene.request(
            2, "tools/call", ["name": "backtest", "_meta": ["progressToken": "p"]])
        let messages = try await talk(lines([SessionScene.greeting, call]), tier: .paper)
        #expect(messages.first?["result"]?["serverInfo"]?["name"] == "bellwether")
        #expect(messages.last?["id"] == 2)
        #expect(messages.last?["result"]?["structuredContent"]?["state"] == "done")
        #expect(messages.allSatisfy { $0["jsonrpc"] == "2.0" })
    }

    @Test func `answers a line of invalid UTF-8 and goes on`() async throws {
        let input = lines([SessionScene.greeting, [0xFF, 0xFE, 0x22], SessionScene.request(1, "ping")])
        let messages = try await talk(input)
        #expect(messages.map { $0["error"]?["code"]?.integer } == [nil, -32700, nil])
    }

    @Test func `answers a line that is too long and goes on`() async throws {
        let long = [UInt8](repeating: 0x20, count: 100) + [UInt8](repeating: 0x61, count: StdioTransport.longestLine)
        let messages = try await talk(lines([SessionScene.greeting, long, SessionScene.request(1, "ping")]))
        #expect(messages.map { $0["error"]?["code"]?.integer } == [nil, -32700, nil])
        #expect(messages.last?["id"] == 1)
    }

    @Test func `takes a last line without its end, and no input at all`() async throws {
        #expect(try await talk(SessionScene.greeting).count == 1)
        #expect(try await talk([]).isEmpty)
    }

    @Test func `cuts lines the same however their bytes come`() {
        let bytes = Array("one\n\ntwo\r\n  \nthr".utf8)
        for size in 1...bytes.count {
            var splitter = LineSplitter(longest: 4)
            var lines: [LineSplitter.Line] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                lines += splitter.take(bytes[start..<min(start + size, bytes.count)])
            }
            lines += splitter.finish()
            #expect(lines == [.line(Array("one".utf8)), .line(Array("two\r".utf8)), .line(Array("thr".utf8))])
        }
        var short = LineSplitter(longest: 2)
        #expect(short.take(Array("abc\nd\n".utf8)) == [.tooLong, .line([0x64])])
    }
}
