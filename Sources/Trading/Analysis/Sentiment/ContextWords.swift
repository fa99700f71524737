/// Words that change what others mean.
enum ContextWords {
    /// Turn round what follows within a few words.
    static let negations = list(
        """
        not, no, never, nor, cannot, can't, won't, don't, doesn't, didn't, isn't, aren't, wasn't, weren't, hasn't, \
        haven't, hadn't, wouldn't, shouldn't, couldn't, ain't, without, hardly, barely, unlikely, lack, lacks, \
        fails to, failed to, fail to, no longer, refuses to, far from, stops short of, rules out, denies, avoid, avoids
        """)

    /// Make what follows, or stands just before, stronger or weaker.
    static let degrees: [(factor: Double, words: String)] = [
        (1.5, "sharply, massively, massive, extremely, dramatically, steeply, heavily, strongly, huge, hugely, steep"),
        (1.3, "very, significantly, substantially, substantial, widely, much, big, biggest, record, severe, sharp"),
        (0.6, "slightly, modestly, modest, marginally, somewhat, mildly, little, fractionally, incremental, briefly"),
    ]

    /// What follows outweighs what stood before.
    static let contrasts = list("but, however, yet, though, nevertheless, still")

    /// What follows, up to the next comma, is the lesser part.
    static let concessions = list("despite, although, in spite of, even as, even though, notwithstanding, after")

    /// Say that something may be so.
    static let doubts = list("may, might, could, would, if, can, whether, possible, possibly, maybe, should")

    /// Things whose rise is bad and whose fall is good.
    static let burdens = list(
        """
        unemployment, jobless, claims, cost, costs, expense, expenses, loss, losses, debt, deficit, default, defaults, \
        delinquencies, foreclosures, deaths, infections, layoffs, tariffs, complaints, forbearance, \
        bankruptcies, insolvencies, fraud, risk, risks, fear, fears, tensions, provisions, short interest, vacancy, \
        uncertainty, worries, concerns, volatility
        """)

    /// Things whose rise is good and whose fall is bad.
    static let merits = list(
        """
        guidance, outlook, forecast, dividend, target, targets, estimate, estimates, view, profit, profits, earnings, \
        revenue, sales, eps, rating, margin, margins, income, shares, stock, stocks, shipments, deliveries, orders
        """)

    /// Part what moves from what does not: a share that slips over concerns is no concern that slips.
    static let partings = list("on, over, amid, as, by, with, for, from, at, and, due, since, until, because")

    /// Move up.
    static let rises = list(
        """
        rise, rose, jump, surge, soar, climb, increase, spike, grow, grew, mount, widen, swell, higher, up, skyrocket, \
        raise, lift, boost, hike, double, rally, gain
        """)

    /// Move down.
    static let falls = list(
        """
        fall, fell, drop, decline, decrease, ease, subside, shrink, narrow, lower, down, fade, plunge, cut, slash, \
        reduce, tumble, slip, trim, pull, withdraw, suspend, scrap, sink, slump, dip, halve
        """)

    private static func list(_ words: String) -> [String] {
        words.split(separator: ",").map { $0.trimmingSpaces }
    }
}

extension Substring {
    /// The text without spaces and line ends around it.
    var trimmingSpaces: String {
        var text = self
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
