public import Accounting
public import Analysis
public import Determinism
public import RiskControl
public import TradingModel

/// How a desk stands at one moment: a value that faces read without touching the running desk.
///
/// It is made from a state, a few times a second at most while the desk runs, and from the newest snapshot otherwise.
public struct DeskPicture: Sendable {
    /// The run's name.
    public var run: String
    /// The plan that the run follows.
    public var plan: DeskPlan
    /// The limits in force, which may differ from the plan's.
    public var limits: RiskLimits
    /// Where the run is.
    public var activity: Activity
    /// The market's time; nil before the first event.
    public var time: Timestamp?
    /// How many moments were handled: grows with every change.
    public var moments: Int
    /// What was counted so far.
    public var counts: DeskCounts
    /// What the gate lets through.
    public var trading: TradingState
    /// The market's time at which that began; nil where it was so from the beginning.
    public var tradingSince: Timestamp?
    /// Cash and positions.
    public var account: Account
    /// What is held, by symbol.
    public var positions: [Holding]
    /// Orders that are open, oldest first.
    public var openOrders: [OpenOrderLine]
    /// The last bar of every instrument that has one, in the universe's order.
    public var quotes: [Quote]
    /// The newest recommendation of every instrument that has one, newest first.
    public var signals: [Signal]
    /// Equity over time, oldest first: one point a day, those of the last two trading days at their moments.
    public var equity: [EquityPoint]
    /// From when on the points are finer than one a day; nil where none are.
    public var equityFineFrom: Timestamp?
    /// The run's measures and the targets beside them.
    public var figures: PerformanceFigures?
    /// The seed's targets beside what was reached.
    public var targets: [Targets.Line]
    /// What judges proposed orders as the run's gate would at this moment; nil where it is not known.
    public var gate: DeskGate?

    /// Where a run is.
    public enum Activity: String, Sendable, Hashable {
        /// A process runs it.
        case running
        /// No process runs it; it can be gone on with.
        case stopped
        /// It came to its end.
        case finished
    }

    /// Cash and what is held.
    public struct Account: Sendable, Hashable {
        /// Cash.
        public var cash: Money
        /// Cash and positions at the last prices; nil where it is beyond what can be written.
        public var equity: Money?
        /// The cash it began with.
        public var initialCash: Money
        /// Profit of everything sold, fees apart.
        public var realisedProfit: Money?
        /// What the held positions have gained.
        public var unrealisedProfit: Money?
        /// Every fee paid.
        public var fees: Money
        /// The equity at the day's start; nil before the first day.
        public var dayStart: Money?
        /// Market values regardless of sign.
        public var grossExposure: Money?
        /// Market values with their signs.
        public var netExposure: Money?
        /// How far equity is below its highest, as a share, now and at most.
        public var drawdown: Double?
        public var deepestDrawdown: Double?
    }

    /// What is held of one instrument.
    public struct Holding: Sendable, Hashable {
        public var symbol: Symbol
        public var quantity: Quantity
        public var averagePrice: Price?
        public var lastPrice: Price?
        public var marketValue: Money
        public var unrealisedProfit: Money?
        /// The protecting stop and the target that are in the market.
        public var stop: Price?
        public var target: Price?
    }

    /// An order that is open.
    public struct OpenOrderLine: Sendable, Hashable {
        public var order: Order
        public var symbol: Symbol
    }

    /// The last bar of an instrument beside the close of the day before.
    public struct Quote: Sendable, Hashable {
        public var symbol: Symbol
        public var bar: Bar
        public var previousClose: Price?
    }

    /// The newest recommendation of an instrument.
    public struct Signal: Sendable {
        public var time: Timestamp
        public var recommendation: Recommendation
        /// The pipeline's or workflow's run, by which the record has the evidence.
        public var run: String?
    }

    /// Equity at a time.
    public struct EquityPoint: Sendable, Hashable {
        public var time: Timestamp
        public var equity: Money
    }
}
