import Determinism
import RiskControl
import TradingDesk
import TradingModel
import WorkflowModel

/// A proposed order on its way to the gate.
struct OrderPlacing: Sendable {
    private static let symbol = Field<String>.text("symbol", "What is to be traded", upTo: 40)
    private static let side = Field<String>.choice("side", ["buy", "sell"], "Which way")
    private static let quantity = Field<Double>.number("quantity", 0.000_000_01...1e9, "So many units").optional
    private static let share = Field<Double>.number("share", 0.000_001...1, "Or a share of equity").optional
    private static let limit = Field<Double>.number(
        "limit_price", 0.000_000_01...1e9, "Not worse than this price; else at the market"
    ).optional
    private static let reason = Field<String>.text("reason", "Why, for the record", upTo: 500).or("asked for by hand")
    private static let preview = Field<Bool>.flag("preview", "Only say what it would come to; nothing is sent")

    static let fields = [
        symbol.description, side.description, quantity.description, share.description, limit.description,
        reason.description, preview.description,
    ]

    static let schema = ValueSchema.named(
        "OrderPlacement",
        .object([
            .init("preview", .boolean), .init("simulated", .boolean),
            .init(
                "verdict", .choice(["approved", "refused", "pending"]).orNull,
                "What the gate said, or would say of a preview; null where it cannot be told, which a warning explains"),
            .init("order", .text.orNull, "The order that was sent"), .init("rule", .text.orNull),
            .init("gate", GatePreview.schema.orNull, "How the gate would judge a preview; null for what is sent"),
            .init("reason", .text.orNull, "Why it was refused"), .init("decision", .integer.orNull, "The record"),
            .init("quantity", .number.orNull), .init("price", .number.orNull, "The last price, or the limit"),
            .init("value", .number.orNull), .init("share", .number.orNull, "The value over equity"),
            .init("cash_after", .number.orNull, "Before fees"),
            .init("warnings", .list(.text)), .init("request", ReceiptAnswer.receiptSchema.orNull),
        ]))

    /// How long an answer waits for the desk's verdict.
    private static let patience = Duration.seconds(2)

    private let ticket: OrderTicket
    private let isPreview: Bool
    private let picture: DeskPicture
    private let context: CommandContext

    init(_ arguments: CommandArguments, _ context: CommandContext) throws {
        self.context = context
        picture = try context.picture()
        isPreview = try arguments[OrderPlacing.preview]
        let symbol = try picture.symbol(try arguments[OrderPlacing.symbol])
        let (quantity, share) = (try arguments[OrderPlacing.quantity], try arguments[OrderPlacing.share])
        guard (quantity == nil) != (share == nil) else {
            throw CommandProblem.invalid([FieldFault("quantity", "give quantity or share, and not both")])
        }
        ticket = OrderTicket(
            symbol, try arguments[OrderPlacing.side] == "buy" ? .buy : .sell,
            quantity: quantity.flatMap(Quantity.init(nearest:)), share: share,
            limit: try arguments[OrderPlacing.limit].flatMap(Price.init(nearest:)),
            reason: try arguments[OrderPlacing.reason])
    }

    /// Asks the desk and waits a little for its verdict; a preview asks nothing.
    func answer() async throws -> Value {
        guard !isPreview else { return try preview() }
        guard picture.activity != .finished else {
            throw CommandProblem(.unavailable, "the run \(picture.run) has ended; start a desk first")
        }
        var receipt = try ask()
        let deadline = context.services.time.now + OrderPlacing.patience
        while receipt.record == nil, receipt.isHeard, context.services.time.now < deadline {
            try await context.services.time.sleep(for: .milliseconds(25))
            receipt = try ask()
        }
        return try estimate.adding(verdict(receipt)).adding(["request": ReceiptAnswer.value(receipt)])
    }

    /// What the gate would say now; nothing is asked of the desk and nothing recorded.
    private func preview() throws -> Value {
        let estimate = estimate.adding(["preview": true])
        let warnings = estimate["warnings"]?.list ?? []
        guard picture.activity != .finished else {
            return estimate.adding(["warnings": .list(warnings + ["the run has ended, so that no gate judges it"])])
        }
        guard let gate = picture.gate, let trial = try gate.trial(ticket, by: context.caller.name) else {
            return estimate.adding(["warnings": .list(warnings + ["the gate cannot be asked now"])])
        }
        let isStopped = picture.activity == .stopped
        let note: [Value] = isStopped ? ["no desk runs; this is what the gate would have said when it stopped"] : []
        return estimate.adding(GatePreview(trial, at: gate.time).fields(warnings: warnings + note))
    }

    private func ask() throws -> DeskReceipt {
        // The same key gives the same receipt: asking again is looking again.
        try context.services.desk.ask(.order(ticket), by: context.caller.name, key: context.callID)
    }

    /// What the record says of it.
    private func verdict(_ receipt: DeskReceipt) throws -> [String: Value] {
        guard receipt.record != nil else {
            let note = receipt.isHeard ? "the desk has not said anything yet" : "no desk runs; the request is kept"
            return ["verdict": "pending", "warnings": .list([.text(note)])]
        }
        guard let (decision, verdict) = try find(receipt) else {
            return ["verdict": "pending", "warnings": .list(["the record holds no verdict of it yet"])]
        }
        let isApproved = verdict["approved"]?.boolean == true
        return [
            "verdict": .text(isApproved ? "approved" : "refused"), "order": verdict["order"]?["id"] ?? .null,
            "rule": verdict.field("rule"), "reason": verdict.field("text"), "decision": Value(decision.sequence),
            "warnings": verdict["adjustments"] ?? [],
        ]
    }

    /// The decision that answers a request.
    private func find(_ receipt: DeskReceipt) throws -> (ArchivedRecord, Value)? {
        let answers = try context.services.archive.records(.about("request-\(receipt.id)", kinds: ["decision"]))
        return answers.lazy.compactMap { record in record.body["verdicts"]?[0].map { (record, $0) } }.first
    }

    /// What it would come to at the last price, before the gate has said anything.
    private var estimate: Value {
        let price = ticket.limit?.double ?? picture.quotes.first { $0.symbol == ticket.symbol }?.bar.close.double
        let equity = picture.account.equity?.double
        let quantity =
            ticket.quantity?.double
            ?? ticket.share.flatMap { share in
                equity.flatMap { equity in price.map { lots(share * equity / $0) } }
            }
        let value = quantity.flatMap { quantity in price.map { quantity * $0 } }
        let sign = ticket.side == .buy ? -1.0 : 1
        return [
            "preview": false, "simulated": .boolean(picture.plan.isSimulated), "verdict": .null, "order": .null,
            "rule": .null, "reason": .null, "decision": .null, "gate": .null, "quantity": Value(quantity),
            "price": Value(price),
            "value": Value(value), "share": Value(ratio(value, equity)),
            "cash_after": Value(value.map { picture.account.cash.double + sign * $0 }),
            "warnings": .texts(price == nil ? ["no price of \(ticket.symbol) is known yet"] : []), "request": .null,
        ]
    }

    private func lots(_ units: Double) -> Double {
        guard let id = picture.plan.universe.id(of: ticket.symbol) else { return units }
        let lot = picture.plan.universe[id].lot.double
        return lot > 0 ? (units / lot).rounded(.down) * lot : units
    }
}
