public import DeskCommands

/// A conversation over standard input and output: one JSON message a line, and nothing else is ever written.
public struct StdioTransport: Sendable {
    /// The most bytes in a line.
    static let longestLine = 4 << 20

    private let input: PipeReader
    private let output: PipeWriter
    private let connection: MCPConnection
    private let grace: Duration

    /// A conversation over two descriptors, which stay the caller's; `sessionID` must be one that nobody can guess.
    ///
    /// `grace` is how long work under way may take after the input ended.
    public init(
        input: Int32 = 0, output: Int32 = 1, sessionID: String, caller: Caller, services: MCPServices,
        grace: Duration = .seconds(10)
    ) {
        self.input = PipeReader(input)
        self.output = PipeWriter(output)
        self.grace = grace
        connection = MCPConnection(id: sessionID, caller: caller, services: services, outlet: self.output)
    }

    /// Talks until the input ends or the output is closed.
    public func run() async {
        var lines = LineSplitter(longest: StdioTransport.longestLine)
        while let chunk = await input.next(), !output.isBroken {
            for line in lines.take(chunk) { await receive(line) }
        }
        for line in lines.finish() { await receive(line) }
        await connection.drain(within: grace)
    }

    private func receive(_ line: LineSplitter.Line) async {
        switch line {
        case .line(let bytes): await connection.receive(bytes)
        case .tooLong:
            await connection.refuse(
                RPCError(.parse, "a message has more than \(StdioTransport.longestLine) bytes; send less at once"))
        }
    }
}
