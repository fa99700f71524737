import Glibc
import Synchronization

/// A person's or the system's wish that the program end: the first is a request, the second is obeyed at once.
///
/// A command that can stop cleanly calls `watch()`; without it signals do what they always do.
final class Interruption: Sendable {
    /// Who wished it.
    enum Signal: Sendable, Hashable, CaseIterable {
        /// Ctrl-C.
        case interrupt
        /// `kill`.
        case terminate
        /// The terminal was closed.
        case hangUp

        /// The signal's number.
        var number: Int32 {
            switch self {
            case .interrupt: SIGINT
            case .terminate: SIGTERM
            case .hangUp: SIGHUP
            }
        }

        /// What the shell sees where the signal ended the program: 130, 143 or 129.
        var exitCode: ExitCode { ExitCode(128 + number) }
    }

    private struct State {
        var requested: Signal?
        var callbacks: [@Sendable (Signal) -> Void] = []
    }

    private let state = Mutex(State())
    private let isAsked = Atomic(false)
    private let sources = SignalSources()
    private let endAtOnce: @Sendable (ExitCode) -> Void

    /// An interruption that has not come yet; `endAtOnce` is what a second signal does.
    init(endAtOnce: @escaping @Sendable (ExitCode) -> Void = Interruption.restoreAndExit) {
        self.endAtOnce = endAtOnce
    }

    /// Whether a clean stop was asked for; costs one load, so loops may ask each turn.
    var isRequested: Bool { isAsked.load(ordering: .acquiring) }

    /// What asked for it; nil before.
    var requested: Signal? { state.withLock { $0.requested } }

    /// Takes signals from now on.
    func watch() {
        for wish in Signal.allCases { sources.on(wish.number) { [weak self] in self?.receive(wish) } }
    }

    /// What a signal does: the first calls back, the second ends the program.
    func receive(_ wish: Signal) {
        let callbacks = state.withLock { state -> [@Sendable (Signal) -> Void]? in
            guard state.requested == nil else { return nil }
            state.requested = wish
            defer { state.callbacks = [] }
            return state.callbacks
        }
        guard let callbacks else { return endAtOnce(wish.exitCode) }
        isAsked.store(true, ordering: .releasing)
        for callback in callbacks { callback(wish) }
    }

    /// Calls back once when a stop is asked for, at once where it was.
    func onRequest(_ callback: @escaping @Sendable (Signal) -> Void) {
        let earlier = state.withLock { state in
            if state.requested == nil { state.callbacks.append(callback) }
            return state.requested
        }
        if let earlier { callback(earlier) }
    }

    /// Waits until a stop is asked for; nil where the task is cancelled first.
    func wait() async -> Signal? {
        let (stream, continuation) = AsyncStream.makeStream(of: Signal.self, bufferingPolicy: .bufferingNewest(1))
        onRequest { wish in
            continuation.yield(wish)
            continuation.finish()
        }
        for await wish in stream { return wish }
        return nil
    }

    /// Lets writing to a closed pipe fail in place of ending the program.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Leaves the terminal as it was and ends without further ado.
    static func restoreAndExit(_ code: ExitCode) {
        TerminalRestoration.restore()
        _exit(code.number)
    }
}
