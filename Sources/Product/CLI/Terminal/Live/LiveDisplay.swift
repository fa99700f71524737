import Determinism
import Glibc
import Synchronization

/// Shows a model on a terminal and repaints it in place as it changes; does nothing in a pipe.
///
/// Painting is bound to some frames a second, the newest model is always the one shown last, and the cursor comes back
/// on `finish`, on a stop by signal (through `TerminalRestoration`) and while the program is suspended.
final class LiveDisplay<Model: Sendable>: Sendable {
    /// Makes the lines for a model and a size, the pure part.
    typealias Render = @Sendable (_ model: Model, _ width: Int, _ height: Int) -> [String]

    private struct State {
        var painter = BlockPainter()
        var model: Model?
        var isStale = false
        var lastPaint: Timestamp?
        var restoration: Int?
        var isFinished = false
    }

    private let render: Render
    private let output: any OutputSink
    private let size: @Sendable () -> (width: Int, height: Int)
    private let time: any TimeSource
    private let interval: Duration
    private let isEnabled: Bool
    private let state = Mutex(State())
    private let signals = SignalSources()

    /// A display; `size` is asked before every frame.
    init(
        output: any OutputSink, profile: TerminalProfile, time: any TimeSource, framesPerSecond: Int = 20,
        size: (@Sendable () -> (width: Int, height: Int))? = nil, render: @escaping Render
    ) {
        self.render = render
        self.output = output
        self.time = time
        self.size = size ?? { TerminalProfile.windowSize(STDOUT_FILENO) ?? (profile.width, profile.height) }
        interval = .seconds(1) / max(1, framesPerSecond)
        isEnabled = profile.canRepaint
    }

    /// Shows a model: at once, or where the last frame is too young with the next call or `finish`.
    func update(_ model: Model) throws(OutputClosed) {
        guard isEnabled else { return }
        let now = time.now
        try state.withLock { state throws(OutputClosed) in
            state.model = model
            state.isStale = true
            if let last = state.lastPaint, now - last < interval, now >= last { return }
            state.lastPaint = now
            try show(&state)
        }
    }

    /// Paints the model again, as after a change of size.
    func repaint() throws(OutputClosed) {
        try state.withLock { state throws(OutputClosed) in try show(&state) }
    }

    /// Repaints when the terminal's size changes, and gives the cursor back while the program is suspended.
    func watchTerminal() {
        guard isEnabled else { return }
        signals.on(SIGWINCH) { [weak self] in try? self?.repaint() }
        signals.on(SIGTSTP) { [weak self] in
            self?.suspend()
            try? self?.repaint()
        }
    }

    /// Paints what is still to be shown, leaves it standing and gives the cursor back; later updates do nothing.
    func finish() throws(OutputClosed) {
        signals.cancel()
        try state.withLock { state throws(OutputClosed) in
            if state.isStale { try show(&state) }
            if let token = state.restoration { TerminalRestoration.remove(token) }
            state.isFinished = true
            try output.write(state.painter.close())
        }
    }

    /// Gives the cursor back and stops the process until it is continued; the lock keeps frames from coming between, and
    /// `raise` stops this thread before it returns, which `kill` does not promise.
    private func suspend() {
        state.withLock { state in
            try? output.write(state.painter.close())
            raise(SIGSTOP)
        }
    }

    /// Written under the lock, so that frames of two threads reach the terminal in the order the painter knows; the
    /// lock of the output nests inside it and nothing else does.
    private func show(_ state: inout State) throws(OutputClosed) {
        guard let model = state.model, !state.isFinished, isEnabled else { return }
        if state.restoration == nil {
            state.restoration = TerminalRestoration.add { [output] in
                try? output.write("\r\n" + BlockPainter.restoring)
            }
        }
        state.isStale = false
        let (width, height) = size()
        try output.write(state.painter.paint(render(model, width, height), width: width, height: height))
    }
}

/// What must be done to leave the terminal as it was, however the program ends.
enum TerminalRestoration {
    private static let actions = Mutex<(next: Int, all: [(token: Int, action: @Sendable () -> Void)])>((0, []))

    /// Adds an action and returns the token that removes it.
    static func add(_ action: @escaping @Sendable () -> Void) -> Int {
        actions.withLock { actions in
            actions.next += 1
            actions.all.append((actions.next, action))
            return actions.next
        }
    }

    /// Removes an action that is no longer needed.
    static func remove(_ token: Int) {
        actions.withLock { actions in actions.all.removeAll { $0.token == token } }
    }

    /// Performs every action once.
    static func restore() {
        let all = actions.withLock { actions in
            defer { actions.all = [] }
            return actions.all
        }
        for entry in all { entry.action() }
    }
}
