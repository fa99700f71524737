import Determinism
import Synchronization
import TradingStore

/// Signs where a run's record ends, now and then and at its end, and keeps that beside the run and elsewhere.
final class HeadKeeper: Sendable {
    /// Who signs, and which folder elsewhere gets what is signed; nil for none.
    struct Means: Sendable {
        let signer: NoteSigner
        let anchor: String?
        let time: any TimeSource
    }

    private struct State {
        var last: Int64 = 0
        var signed: Timestamp?
        var trouble: String?
    }

    /// After so many records a new head is signed,
    private static let records: Int64 = 4096
    /// or after so long.
    private static let interval = Duration.seconds(3600)

    private let means: Means
    private let origin: String
    private let own: HeadFolder
    private let anchor: HeadFolder?
    private let state = Mutex(State())

    /// The keeper of a run that began at some time. The run's own name counts: a folder that was put aside has another.
    init(_ means: Means, _ folder: RunFolder, run: String, began: Timestamp) {
        self.means = means
        origin = HeadKeeper.origin(of: run, began: began)
        own = HeadKeeper.folder(of: folder)
        anchor = means.anchor.map { HeadFolder("\($0)/\(run)/\(HeadKeeper.second(began))") }
    }

    /// The name under which heads of a run are signed: another for each beginning.
    static func origin(of run: String, began: Timestamp) -> String { "bellwether/\(run)/\(second(began))" }

    /// Where the heads of a run are kept beside it.
    static func folder(of run: RunFolder) -> HeadFolder { HeadFolder("\(run.path)/heads") }

    private static func second(_ time: Timestamp) -> Int64 { time.nanoseconds / 1_000_000_000 }

    /// Why the last head could not be kept elsewhere; nil where it could.
    var trouble: String? { state.withLock { $0.trouble } }

    /// Signs a head where one is due; an anchor that cannot be written is told by `trouble` and stops nothing.
    func keep(_ head: AuditHead, isLast: Bool = false) throws {
        let now = means.time.now
        let isDue = state.withLock { state in
            guard head.sequence > state.last else { return false }
            guard !isLast, let signed = state.signed else { return true }
            return head.sequence - state.last >= HeadKeeper.records || now - signed >= HeadKeeper.interval
        }
        if isDue { try sign(head, at: now) }
    }

    /// Signs a head now.
    @discardableResult
    func sign(_ head: AuditHead, at now: Timestamp) throws -> SignedHead {
        let signed = SignedHead(head, of: origin, by: means.signer)
        try own.keep(signed)
        let kept = Result { try anchor?.keep(signed) }
        state.withLock { state in
            (state.last, state.signed, state.trouble) = (head.sequence, now, nil)
            if case .failure(let error) = kept { state.trouble = "\(error)" }
        }
        return signed
    }
}
