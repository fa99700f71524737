import TradingModel

// Stops that follow the market: where they stand in a bar and after it.
extension MatchingSession {
    /// The way of a trailing stop through the bar; nil for other orders.
    func path(of index: Int) -> TrailingPath? {
        guard case .trailingStop(_, let trail) = book.orders[index].order.kind else { return nil }
        var path = TrailingPath(
            side: book.orders[index].order.side, trail: trail, step: book.priceIncrement,
            stop: book.orders[index].trailed)
        if let other = standing(book.orders[index].otherExit), case .limit(let target) = book.orders[other].order.kind {
            path.ceiling = target
        }
        return path
    }

    /// What a reader should know of a fill inside the bar.
    func note(_ index: Int) -> String? {
        guard book.orders[index].trails else { return bothExitsNote(index) }
        let isOnTime = book.orders[index].sent <= bar.start && !book.orders[index].isTriggered
        let way = isOnTime ? path(of: index)?.note(bar) : nil
        let notes = [bothExitsNote(index), way].compactMap { $0 }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    /// Moves the stops that the bar left standing; one that came inside the bar knows only its close.
    mutating func moveTrailingStops() {
        for index in book.orders.indices where book.orders[index].trails {
            guard canTrade(index), book.orders[index].isUntouchedStop, let path = path(of: index) else { continue }
            let isOnTime = book.orders[index].sent <= bar.start
            book.orders[index].trailed = isOnTime ? path.after(bar) : path.following(bar.close, from: path.stop)
        }
    }
}
