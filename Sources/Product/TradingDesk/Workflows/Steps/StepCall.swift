import Accounting
import Analysis
import Determinism
import RiskControl
import TradingModel
import WorkflowEngine
import WorkflowModel

/// One performance of a step: what it is told, what is known, and the desk to act on.
struct StepCall {
    let order: TaskOrder
    let scene: DeskScene
    var desk: any DeskView

    init(_ order: TaskOrder, on desk: any DeskView) throws {
        self.order = order
        scene = try desk.scene
        self.desk = desk
    }

    /// Whether nothing may be done outside.
    var isTest: Bool { order.isTest || order.input["test_mode"]?.boolean == true }

    /// The name that belongs to the run, for what its steps share.
    var run: String { order.key.run.text }

    // MARK: - What it is told

    /// A param, or the run's input of the same name.
    func param(_ name: String) -> Value? { order.params[name] ?? order.input[name] }

    func number(_ name: String) -> Double? { param(name)?.number }

    /// A number between bounds; throws where it is given and lies outside.
    func number(_ name: String, _ bounds: ClosedRange<Double>, default value: Double) throws -> Double {
        guard let given = number(name) else { return value }
        guard bounds.contains(given) else {
            throw TaskFailure(
                code: "invalid_param",
                "'\(name)' is \(given); allowed: \(bounds.lowerBound) to \(bounds.upperBound)", mayRetry: false)
        }
        return given
    }

    /// What a task before this one put out under a name, else what the run was given, else nothing.
    ///
    /// Results of other runs that were handed in are looked through as well, in the order of their names.
    func found(_ name: String) -> Value? {
        for task in order.results.keys.sorted() {
            if let value = order.result(of: task)?[name], value != .null { return value }
        }
        if let value = order.input[name] { return value }
        return order.input["results"].flatMap { StepCall.search($0, for: name, depth: 8) }
    }

    private static func search(_ value: Value, for name: String, depth: Int) -> Value? {
        guard depth > 0, let fields = value.fields else { return nil }
        if let found = fields[name], found != .null { return found }
        for key in fields.keys.sorted() {
            if let found = fields[key].flatMap({ search($0, for: name, depth: depth - 1) }) { return found }
        }
        return nil
    }

    /// The instruments it is about: those of the run's input, else of its params, else all.
    ///
    /// Throws where names are given and none of them is traded.
    func instruments() throws -> [InstrumentID] {
        let given = order.input["symbols"] ?? order.params["symbols"]
        guard let names = given?.list?.compactMap(\.text) else { return scene.universe.ids }
        let ids = names.compactMap(Symbol.init).compactMap(scene.universe.id(of:))
        guard !ids.isEmpty || names.isEmpty else {
            throw TaskFailure(
                code: "invalid_symbol", "none of \(names.joined(separator: ", ")) is traded by this desk",
                mayRetry: false)
        }
        return Set(ids).sorted()
    }

    /// An instrument by name; throws where there is none.
    func instrument(_ name: String) throws -> InstrumentID {
        guard let id = Symbol(name).flatMap(scene.universe.id(of:)) else {
            throw TaskFailure(
                code: "invalid_symbol", "'\(name)' is not traded by this desk", mayRetry: false)
        }
        return id
    }

    func symbol(_ id: InstrumentID) -> Value { .text(scene.universe.symbol(id).name) }
}

// MARK: - Analysis that several steps need

extension StepCall {
    private static let sentiment = SentimentAnalysis()

    func sentiment(_ ids: [InstrumentID]) -> SentimentAssessment {
        StepCall.sentiment.assess(scene.state.headlines, scene.universe, ids, now: scene.time)
    }

    func technical(_ ids: [InstrumentID]) -> TechnicalAssessment {
        TechnicalAnalysis().assess(scene.window, ids)
    }

    func riskReadings(_ ids: [InstrumentID]) -> Analysis.RiskAssessment {
        RiskAnalysis().assess(scene.window, ids, portfolio: scene.portfolio)
    }

    /// What the analyses together conclude, with a threshold of how sure a conclusion must be.
    func signals(_ ids: [InstrumentID], threshold: Double) -> SignalSet {
        var generation = SignalGeneration()
        generation.threshold = threshold
        generation.allowsShorting = scene.risk.limits.allowShort
        let evidence = SignalEvidence(
            technical: technical(ids), pattern: PatternAnalysis().assess(scene.window, ids),
            sentiment: sentiment(ids), risk: riskReadings(ids))
        return generation.generate(evidence, universe: scene.universe, portfolio: scene.portfolio)
    }
}

// MARK: - Numbers

extension Value {
    /// A number; null where there is none or it is not finite.
    init(_ number: Double?) {
        guard let number, number.isFinite else {
            self = .null
            return
        }
        self = .number(number)
    }

    /// A count.
    init(_ count: Int) { self = .integer(Int64(count)) }

    /// A text; null where there is none.
    init(_ text: String?) { self = text.map(Value.text) ?? .null }

    /// A moment.
    init(_ moment: Timestamp?) { self = moment.map { .text("\($0)") } ?? .null }
}
