public import Determinism
public import RiskControl
public import TradingDesk
public import TradingModel

/// The desk as commands see it: running in this process, or stored.
public protocol DeskSource: Sendable {
    /// How the desk stands; nil where nothing ever ran.
    func picture() throws -> DeskPicture?

    /// The last bars of an instrument, oldest first; nil for an instrument that the desk does not trade.
    func bars(of symbol: Symbol, limit: Int) throws -> [Bar]?

    /// Asks something of the desk; on disk when this returns, and obeyed at the next event.
    ///
    /// A key that was used before gives the receipt from then: nothing is asked twice.
    func ask(_ request: DeskRequest, by person: String, key: String) throws -> DeskReceipt

    /// What was asked and not obeyed yet, oldest first.
    func pending() throws -> [DeskReceipt]

    /// The process that runs the desk; nil where none does.
    var process: Int32? { get }

    /// When that process began.
    var started: Timestamp? { get }

    /// How fast the market's time passes, 1 for a clock's pace; nil for without waiting.
    var speed: Double? { get }
}

/// What a person may ask of a desk.
public enum DeskRequest: Sendable, Hashable {
    /// No entries until resumed.
    case halt(reason: String)
    /// Entries again.
    case resume(reason: String)
    /// Exits only until resumed.
    case reduceOnly(reason: String)
    /// Halt, and close every position.
    case flatten(reason: String)
    /// Judge an order and send it where the gate approves it.
    case order(OrderTicket)
    /// Apply other limits from now on.
    case limits(RiskLimits, reason: String)

    /// In one word, as the record has it.
    public var kind: String {
        switch self {
        case .halt: "halt"
        case .resume: "resume"
        case .reduceOnly: "reduce-only"
        case .flatten: "flatten"
        case .order: "order"
        case .limits: "limits"
        }
    }
}

/// A request as it was taken.
public struct DeskReceipt: Sendable, Hashable {
    /// Its number in the order of asking.
    public let id: Int64
    /// In one word.
    public let kind: String
    /// Why.
    public let reason: String
    /// When it was asked.
    public let time: Timestamp
    /// Who asked.
    public let who: String
    /// The record at which it was obeyed; nil while it waits.
    public let record: Int64?
    /// Whether a desk is there to obey it now.
    public let isHeard: Bool

    /// A request as it was taken.
    public init(
        id: Int64, kind: String, reason: String, time: Timestamp, who: String, record: Int64?, isHeard: Bool
    ) {
        self.id = id
        self.kind = kind
        self.reason = reason
        self.time = time
        self.who = who
        self.record = record
        self.isHeard = isHeard
    }
}
