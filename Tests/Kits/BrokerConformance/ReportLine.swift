public import TradingModel

extension OrderReport {
    /// The report in a few words, orders named by ordinal: `1 filled 10 @ 99.5 leaves 5`.
    public var line: String {
        "\(order.ordinal) \(outcome.words)"
    }
}

extension OrderReport.Outcome {
    var words: String {
        switch self {
        case .accepted: "accepted"
        case .triggered: "triggered"
        case .filled(let fill, let note):
            "filled \(fill.quantity) @ \(fill.price)" + (fill.leaves == 0 ? "" : " leaves \(fill.leaves)")
                + (note.map { " (\($0))" } ?? "")
        case .rejected(let reason): "rejected: \(reason)"
        case .cancelled(let reason): "cancelled: \(reason)"
        case .expired: "expired"
        case .exitPlaced(let exit): "placed \(exit.id.ordinal) \(exit.words)"
        case .unknown(let reason): "unknown: \(reason)"
        }
    }
}

extension Order {
    var words: String {
        let units = if case .units(let quantity) = size { "\(quantity)" } else { "\(size)" }
        return switch kind {
        case .market: "\(side) \(units)"
        case .limit(let limit): "\(side) \(units) limit \(limit)"
        case .stop(let stop): "\(side) \(units) stop \(stop)"
        case .stopLimit(let stop, let limit): "\(side) \(units) stop \(stop) limit \(limit)"
        case .trailingStop(let stop, let trail):
            "\(side) \(units) trailing" + (stop.map { " from \($0)" } ?? "") + " by \(trail.words)"
        }
    }
}

extension Trail {
    var words: String {
        switch self {
        case .amount(let amount): "\(amount)"
        case .fraction(let fraction): "\(fraction * 100) %"
        }
    }
}
