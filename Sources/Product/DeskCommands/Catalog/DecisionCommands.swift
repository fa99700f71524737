import WorkflowModel

/// What the gate decided, and why.
enum DecisionCommands {
    static let all = [list, show]

    private static let symbol = Field<String>.text("symbol", "Only about this instrument", upTo: 40).optional
    private static let verdict = Field<String>.choice(
        "verdict", DecisionAnswer.verdicts, "Only these"
    ).optional

    private static let list = DeskCommand(
        "decisions.list", "Verdicts of the risk gate, newest first", .read, at: .get("/api/decisions"),
        tool: "decisions", takes: [symbol.description, verdict.description] + PageRequest.fields,
        answers: .page(of: DecisionAnswer.schema)
    ) { arguments, context in
        try DecisionList(
            records: try DeskRecords(context.services), symbol: try arguments[symbol],
            verdict: try arguments[verdict]
        ).page(PageRequest("decisions", arguments))
    }

    private static let sequence = Field<Int>.integer("sequence", 1...Int.max, "The record's number")
    private static let index = Field<Int>.integer(
        "index", 0...100_000, "Which of the record's verdicts, counted from 0"
    ).or(0)

    private static let show = DeskCommand(
        "decisions.show", "One verdict and the way from the data to it, and on to the fills", .read,
        at: .get("/api/decisions/{sequence}"), tool: "decision",
        takes: [sequence.description, index.description], answers: DecisionAnswer.fullSchema
    ) { arguments, context in
        try DecisionList.full(
            Int64(try arguments[sequence]), verdict: try arguments[index], DeskRecords(context.services))
    }
}
