import Accounting
import Determinism
import TradingModel

/// What the board of a run shows at one moment; a figure that is not known is nil.
struct Board: Sendable {
    var isSimulated = true
    /// The run's name.
    var name = ""
    /// Says that the run was taken up again.
    var isResumed = false
    /// The market's time, as it is shown.
    var time = ""
    /// How fast it passes.
    var pace = ""
    var barLength = ""
    /// Bars handled so far and, where the feed has an end, in all.
    var bars = 0
    var allBars: Int?
    /// How long the rest will take at the rate so far.
    var left: Duration?
    var trading = Trading.active
    var account = Account()
    /// Equity day by day, the newest last.
    var equity: [Double] = []
    /// How many instruments are traded: so many rows the positions can come to.
    var instruments = 0
    var positions: [Holding] = []
    /// The newest first.
    var advice: [Advice] = []
    /// The newest last.
    var log: [Entry] = []
    var targets: [Targets.Line] = []

    /// What the risk gate lets through.
    enum Trading: Sendable, Hashable {
        case active
        case reduceOnly(String)
        case halted(String)
    }

    /// The account's figures.
    struct Account: Sendable, Hashable {
        var equity: Double?
        var cash: Double?
        /// Market values regardless of sign, over equity.
        var exposure: Double?
        /// Since the trading day began.
        var dayProfit: Double?
        var dayReturn: Double?
        /// The share of equity that may be lost in a day; nil where no limit is set.
        var lossLimit: Double?
        var totalReturn: Double?
        /// How far equity is below its highest, and was at most.
        var drawdown: Double?
        var deepest: Double?
        var orders = 0
        var fills = 0
        var refusals = 0
    }

    /// What is held of one instrument.
    struct Holding: Sendable, Hashable {
        var symbol: String
        var quantity: String
        var average: Double?
        var last: Double?
        var value: Double
        var profit: Double?
        var share: Double?
        var stop: Double?
        var target: Double?
    }

    /// What the pipeline recommended.
    struct Advice: Sendable, Hashable {
        var time: String
        var isBuy: Bool
        var symbol: String
        var confidence: Double
        var target: Double?
        var stop: Double?
        var reason: String
    }

    /// A line of the log.
    struct Entry: Sendable, Hashable {
        var time: String
        var kind: Kind
        var text: String

        /// What a line tells of; the raw value is shown.
        enum Kind: String, Sendable, Hashable {
            case order, refused, filled, rejected, cancelled, expired, exit, triggered, unknown, control, halted, failed
            case charged, stage, closed, alert
        }
    }
}
