import WorkflowModel

/// Orders and fills.
enum OrderCommands {
    static let all = [list, show, fills, place]

    private static let state = Field<String>.choice(
        "state", ["open", "done", "all"], "Orders that stand, that have ended, or both"
    ).or("all")
    private static let symbol = Field<String>.text("symbol", "Only of this instrument", upTo: 40).optional

    private static let list = DeskCommand(
        "orders.list", "Orders with where they stand, newest first", .read, at: .get("/api/orders"), tool: "orders",
        takes: [state.description, symbol.description] + PageRequest.fields, answers: .page(of: OrderAnswer.schema)
    ) { arguments, context in
        let list = OrderList(
            records: try DeskRecords(context.services), state: try arguments[state], symbol: try arguments[symbol])
        return try list.page(PageRequest("orders", arguments), context.services)
    }

    private static let id = Field<String>.text("id", "An order's name", upTo: 100)

    private static let show = DeskCommand(
        "orders.show", "One order: what the broker said, its fills, and the way from the data to them", .read,
        at: .get("/api/orders/{id}"), tool: "order_trail", takes: [id.description], answers: OrderAnswer.fullSchema
    ) { arguments, context in
        let id = try arguments[id]
        let records = try DeskRecords(context.services)
        guard let order = try RecordedOrder(id, in: records.archive) else {
            throw CommandProblem.notFound("no record mentions the order '\(id)'; orders.list lists orders")
        }
        return try OrderList.full(order, records)
    }

    private static let fills = DeskCommand(
        "fills.list", "What was traded, newest first", .read, at: .get("/api/fills"), tool: "fills",
        takes: [symbol.description] + PageRequest.fields, answers: .page(of: FillAnswer.schema)
    ) { arguments, context in
        try FillList(records: try DeskRecords(context.services), symbol: try arguments[symbol])
            .page(PageRequest("fills", arguments))
    }

    private static let place = DeskCommand(
        "orders.place", "Propose an order; the risk gate judges it like any other", .trade, at: .post("/api/orders"),
        tool: "order_place", takes: OrderPlacing.fields, answers: OrderPlacing.schema
    ) { arguments, context in try await OrderPlacing(arguments, context).answer() }
}
