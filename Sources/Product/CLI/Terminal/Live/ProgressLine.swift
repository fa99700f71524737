import Configuration
import Determinism
import Synchronization

/// A line on standard error that says how far long work is; silent where no terminal is.
final class ProgressLine: Sendable {
    private struct State {
        var started: Timestamp
        var lastPaint: Timestamp?
        var isVisible = false
    }

    private let title: String
    private let total: Int?
    private let unit: String
    private let console: Console
    private let time: any TimeSource
    private let state: Mutex<State>

    /// A line for work of `total` units, nil where nobody knows.
    init(_ title: String, total: Int?, unit: String, console: Console, time: any TimeSource) {
        self.title = title.escapingControls
        self.total = total
        self.unit = unit
        self.console = console
        self.time = time
        state = Mutex(State(started: time.now))
    }

    /// Tells how many units are done; painted at most ten times a second, so call it as often as you like.
    func update(_ done: Int) {
        guard console.errorProfile.canRepaint, !console.isJSON else { return }
        let now = time.now
        let text = state.withLock { state -> String? in
            if let last = state.lastPaint, now - last < .milliseconds(100) { return nil }
            state.lastPaint = now
            state.isVisible = true
            let width = console.errorProfile.width - 1
            return ProgressLine.text(title, done, total, unit, elapsed: now - state.started, width: width)
        }
        if let text { try? console.errors.write("\r" + text + "\u{1B}[K") }
    }

    /// Takes the line away.
    func finish() {
        let wasVisible = state.withLock { state in
            defer { state.isVisible = false }
            return state.isVisible
        }
        if wasVisible { try? console.errors.write("\r\u{1B}[K") }
    }

    /// The line itself; pure.
    static func text(
        _ title: String, _ done: Int, _ total: Int?, _ unit: String, elapsed: Duration, width: Int
    ) -> String {
        let (seconds, attoseconds) = elapsed.components
        let time = Double(seconds) + Double(attoseconds) / 1e18
        let rate = time > 0 ? Double(done) / time : nil
        var parts = [title]
        if let total, total > 0 { parts.append(NumberText.percent(Double(done) / Double(total), decimals: 0)) }
        parts.append("\(NumberText.grouped(done))\(total.map { " of " + NumberText.grouped($0) } ?? "") \(unit)")
        if let rate, rate > 0, time >= 0.5 { parts.append("\(NumberText.compact(rate))/s") }
        if let total, let rate, rate > 0, done < total, time >= 1 {
            let left = min(Double(total - done) / rate, 1e9)
            parts.append("\(NumberText.span(.seconds(left))) left")
        }
        return TextWidth.truncated(parts.joined(separator: "  "), to: max(0, width))
    }
}
