import DeskCommands
import RiskControl
import Telemetry
import TradingDesk
import TradingModel

/// The desk's figures for Prometheus; `docs/metrics.md` says what each means.
enum DeskMetrics {
    private struct Figure {
        let name: String
        let help: String
        let kind: MetricKind
        let read: @Sendable (DeskPicture) -> Double?
    }

    private static let figures: [Figure] = [
        Figure(name: "bellwether_desk_bars_total", help: "Bars handled by the run.", kind: .counter) {
            Double($0.counts.bars)
        },
        Figure(name: "bellwether_desk_recommendations_total", help: "Recommendations made.", kind: .counter) {
            Double($0.counts.recommendations)
        },
        Figure(name: "bellwether_desk_orders_total", help: "Orders sent.", kind: .counter) { Double($0.counts.orders) },
        Figure(name: "bellwether_desk_fills_total", help: "Fills booked.", kind: .counter) { Double($0.counts.fills) },
        Figure(name: "bellwether_desk_refusals_total", help: "Intents that the risk gate refused.", kind: .counter) {
            Double($0.counts.refusals)
        },
        Figure(name: "bellwether_desk_equity", help: "Cash and positions at the last prices.", kind: .gauge) {
            $0.account.equity?.double
        },
        Figure(name: "bellwether_desk_cash", help: "Cash.", kind: .gauge) { $0.account.cash.double },
        Figure(name: "bellwether_desk_gross_exposure", help: "Market values regardless of sign.", kind: .gauge) {
            $0.account.grossExposure?.double
        },
        Figure(name: "bellwether_desk_drawdown", help: "Share of its highest that equity is below it.", kind: .gauge) {
            $0.account.drawdown
        },
        Figure(name: "bellwether_desk_positions", help: "Instruments held.", kind: .gauge) {
            Double($0.positions.count)
        },
        Figure(name: "bellwether_desk_open_orders", help: "Orders open.", kind: .gauge) { Double($0.openOrders.count) },
        Figure(name: "bellwether_desk_halted", help: "1 while trading is halted, else 0.", kind: .gauge) { picture in
            if case .halted = picture.trading { 1 } else { 0 }
        },
    ]

    /// Every name, in order.
    static var names: [String] { figures.map(\.name) }

    /// Makes the figures of a desk readable; those that are not known are left out of a reading.
    static func register(_ desk: any DeskSource, in registry: MetricRegistry) throws {
        for figure in figures {
            try registry.observe(figure.name, help: figure.help, as: figure.kind) {
                guard let picture = try? desk.picture() else { return nil }
                return figure.read(picture)
            }
        }
    }
}
