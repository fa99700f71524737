import DeskCommands
import Determinism
import Networking
import Synchronization

/// Bytes of an answer, and the name of exactly these bytes.
struct EncodedAnswer: Sendable, Hashable {
    let bytes: [UInt8]
    let tag: String

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tag = ETag.of(bytes)
    }
}

/// Keeps answers to reads for a moment, so that many readers cost as much as one.
///
/// An answer is kept for a few milliseconds and never over a write through this server or an event of the streams, so
/// nobody reads something older than what they were told. Whoever asks while an answer is being made waits for it.
final class AnswerCache: Sendable {
    /// What was asked, and by whom.
    struct Question: Sendable, Hashable {
        /// The target as it stood in the request.
        let target: String
        let caller: Caller
    }

    struct Entry: Sendable {
        let answer: EncodedAnswer
        let route: String
        let made: UInt64
        let ends: Timestamp
    }

    private enum Turn {
        case known(EncodedAnswer)
        case make(since: UInt64)
        case wait
    }

    typealias Outcome = Result<EncodedAnswer, Problem>

    struct State {
        var entries: [Question: Entry] = [:]
        var making: [Question: [CheckedContinuation<Outcome?, Never>]] = [:]
        var writes: UInt64 = 0
    }

    private static let mostEntries = 512
    private static let largest = 1 << 20

    private let lifetime: Duration
    private let version: @Sendable () -> UInt64
    private let state = Mutex(State())

    /// A cache; `version` changes whenever something was published.
    init(lifetime: Duration, version: @escaping @Sendable () -> UInt64) {
        self.lifetime = lifetime
        self.version = version
    }

    /// An answer that still holds.
    func known(_ question: Question, at time: Timestamp) -> Entry? {
        let version = version()
        return state.withLock { $0.valid(question, version, time) }
    }

    /// Lets go of everything: something was written.
    func clear() {
        state.withLock { state in
            state.writes += 1
            state.entries = [:]
        }
    }

    /// The answer that is known, or being made, or else made now.
    func answer(
        _ question: Question, route: String, time: any TimeSource,
        make: () async throws(Problem) -> EncodedAnswer
    ) async throws(Problem) -> EncodedAnswer {
        while true {
            switch begin(question, at: time.now) {
            case .known(let answer): return answer
            case .make(let writes):
                let before = version()
                let outcome = await AnswerCache.outcome(make)
                let entry = (try? outcome.get()).map {
                    Entry(answer: $0, route: route, made: before, ends: time.now + lifetime)
                }
                finish(question, outcome, keeping: entry, since: writes)
                return try outcome.get()
            case .wait:
                if let outcome = await result(of: question) { return try outcome.get() }
            }
        }
    }

    private static func outcome(_ make: () async throws(Problem) -> EncodedAnswer) async -> Outcome {
        do { return .success(try await make()) } catch { return .failure(error) }
    }

    private func begin(_ question: Question, at time: Timestamp) -> Turn {
        let version = version()
        return state.withLock { state in
            if let entry = state.valid(question, version, time) { return .known(entry.answer) }
            guard state.making[question] == nil else { return .wait }
            state.making[question] = []
            return .make(since: state.writes)
        }
    }

    /// What whoever makes the answer comes to; nil where the question has to be asked again.
    private func result(of question: Question) async -> Outcome? {
        await withCheckedContinuation { continuation in
            let isGone = state.withLock { state in
                guard state.making[question] != nil else { return true }
                state.making[question]?.append(continuation)
                return false
            }
            if isGone { continuation.resume(returning: nil) }
        }
    }

    private func finish(_ question: Question, _ outcome: Outcome, keeping entry: Entry?, since writes: UInt64) {
        // Whoever made it may have been cancelled, or begun before a write: then the others ask for themselves.
        let (waiting, isShared) = state.withLock { state in
            let isShared = state.writes == writes && !Task.isCancelled
            if isShared, let entry, entry.answer.bytes.count <= AnswerCache.largest {
                if state.entries.count >= AnswerCache.mostEntries { state.entries = [:] }
                state.entries[question] = entry
            }
            return (state.making.removeValue(forKey: question) ?? [], isShared)
        }
        for continuation in waiting { continuation.resume(returning: isShared ? outcome : nil) }
    }
}

extension AnswerCache.State {
    func valid(_ question: AnswerCache.Question, _ version: UInt64, _ time: Timestamp) -> AnswerCache.Entry? {
        guard let entry = entries[question], entry.made == version, time < entry.ends else { return nil }
        return entry
    }
}
