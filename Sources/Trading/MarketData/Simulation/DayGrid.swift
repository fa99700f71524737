import Determinism
import TradingModel

/// The bars of one session, and how much of the day's variance and volume falls into each.
struct DayGrid: Sendable {
    /// When bars begin and end; one more than there are bars.
    let edges: [Timestamp]
    /// Each bar's share of the day's variance; the shares add up to 1.
    let variance: [Double]
    /// The roots of those shares.
    let roots: [Double]
    /// Each bar's share of a usual day's volume.
    let volume: [Double]

    /// How many bars a session has; the last may be cut off at the close.
    static func count(in session: Session, length: BarLength) -> Int {
        let step = Int64(length.seconds) * 1_000_000_000
        return Int((session.close.nanoseconds - session.open.nanoseconds + step - 1) / step)
    }

    init(_ session: Session, length: BarLength, assetClass: AssetClass) {
        let count = DayGrid.count(in: session, length: length)
        let step = Int64(length.seconds) * 1_000_000_000
        edges = (0...count).map {
            min(Timestamp(nanoseconds: session.open.nanoseconds + Int64($0) * step), session.close)
        }
        let whole = Double(session.close.nanoseconds - session.open.nanoseconds)
        let places = edges.map { Double($0.nanoseconds - session.open.nanoseconds) / whole }
        variance = DayGrid.shares(places) { DayGrid.variance(upTo: $0, assetClass) }
        roots = variance.map { $0.squareRoot() }
        volume = DayGrid.shares(places) { DayGrid.volume(upTo: $0, assetClass) }
    }

    var count: Int { variance.count }

    /// A random walk over the bars that ends at `total`: normal steps, then the difference spread by variance.
    func bridge(to total: Double, deviation: Double, _ random: inout SeededRandom) -> [Double] {
        var steps = roots.map { $0 * random.normal() * deviation }
        let missing = total - steps.reduce(0, +)
        for index in steps.indices { steps[index] += variance[index] * missing }
        return steps
    }

    private static func shares(_ places: [Double], _ upTo: (Double) -> Double) -> [Double] {
        zip(places, places.dropFirst()).map { upTo($1) - upTo($0) }
    }

    /// The share of the day's variance up to a place in the session, 0...1.
    private static func variance(upTo place: Double, _ assetClass: AssetClass) -> Double {
        switch assetClass {
        case .equity: curve(place, flat: 0.6, atOpen: 1.5, atClose: 0.5)
        case .crypto: hump(place)
        }
    }

    /// The share of the day's volume: U-shaped for sessions, highest in the American afternoon for crypto.
    private static func volume(upTo place: Double, _ assetClass: AssetClass) -> Double {
        switch assetClass {
        case .equity: curve(place, flat: 0.5, atOpen: 1.3, atClose: 1.2)
        case .crypto: hump(place)
        }
    }

    /// The integral of flat + atOpen (1 - x)^4 + atClose x^4.
    private static func curve(_ x: Double, flat: Double, atOpen: Double, atClose: Double) -> Double {
        let rest = 1 - x
        return flat * x + atOpen * (1 - rest * rest * rest * rest * rest) / 5 + atClose * x * x * x * x * x / 5
    }

    /// The integral of 0.7 + 3.6 x²(1 - x).
    private static func hump(_ x: Double) -> Double {
        0.7 * x + 3.6 * (x * x * x / 3 - x * x * x * x / 4)
    }
}
