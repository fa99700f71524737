import DeskCommands
import Testing
import WorkflowModel

@Suite struct `Value schemas` {
    private let schema = ValueSchema.object([
        .init("symbol", .text(.init(maxLength: 4))), .init("limit", .integer(1...10), isRequired: false),
        .init("sides", .list(.choice(["buy", "sell"]), upTo: 2), isRequired: false),
    ])

    @Test func `a value that fits has no faults`() {
        #expect(schema.faults(in: ["symbol": "AAPL", "limit": 3, "sides": ["buy"]]).isEmpty)
    }

    @Test func `every fault is told with its place`() {
        let faults = schema.faults(in: ["symbol": "GOOGL", "limit": 11, "sides": ["buy", "hold"], "more": 1])
        #expect(faults.map(\.field) == ["more", "symbol", "limit", "sides[1]"])
        #expect(faults.last?.message == "must be one of buy, sell")
    }

    @Test func `shapes with a name are written as references`() {
        let named = ValueSchema.list(.named("Bar", .object([.init("open", .number)])))
        #expect(named.json(referringTo: "#/components/schemas/")["items"] == ["$ref": "#/components/schemas/Bar"])
        #expect(named.json()["items"]?["required"] == ["open"])
        #expect(named.namedShapes.keys.sorted() == ["Bar"])
    }
}
