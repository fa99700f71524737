import TradingModel

// What an exchange refuses an order for before it can stand.
extension Order {
    /// Why an exchange with this lot cannot take the order; nil where it can.
    func flaw(lot: Quantity) -> String? {
        sizeFlaw(lot: lot) ?? priceFlaw ?? bracketFlaw
    }

    private func sizeFlaw(lot: Quantity) -> String? {
        switch size {
        case .units(let quantity):
            if quantity <= 0 { return "the quantity \(quantity) is not above zero" }
            if quantity.roundedDown(toMultipleOf: lot) != quantity {
                return "the quantity \(quantity) is no multiple of the lot \(lot)"
            }
        case .notional(let amount):
            if amount <= 0 || side == .sell || reduceOnly {
                return "an order sized by money must buy for more than zero"
            }
        }
        return nil
    }

    private var priceFlaw: String? {
        let isImmediate = timeInForce == .immediateOrCancel || timeInForce == .fillOrKill
        if isImmediate, kind.waitsForTouch { return "an immediate order cannot wait for a stop price" }
        switch kind {
        case .market: return nil
        case .limit(let price), .stop(let price): return flaw(of: price)
        case .stopLimit(let stop, let limit): return flaw(of: stop) ?? flaw(of: limit)
        case .trailingStop(let stop, let trail): return flaw(of: trail) ?? stop.flatMap(flaw)
        }
    }

    private func flaw(of price: Price) -> String? {
        price > 0 ? nil : "the price \(price) is not above zero"
    }

    private func flaw(of trail: Trail) -> String? {
        trail.isUsable ? nil : "a stop must trail by an amount above 0, or a fraction above 0 and below 1"
    }

    private var bracketFlaw: String? {
        guard let bracket else { return nil }
        // Exits are numbered behind a million times this ordinal.
        if id.ordinal > 4000 { return "more than 4000 orders with exits come from one decision" }
        for level in [bracket.stopLoss, bracket.takeProfit].compactMap({ $0 }) where !level.isUsable {
            return "an exit must stand at a price, or a distance, above zero"
        }
        return bracket.trail.flatMap(flaw)
    }
}

extension ExitLevel {
    fileprivate var isUsable: Bool {
        switch self {
        case .price(let price): price > 0
        case .distance(let distance): distance > 0 && distance.isFinite
        }
    }
}
