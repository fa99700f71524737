import DeskCommands
import Determinism
import Networking
import Synchronization

/// Who is let in, and what becomes of those who guess.
extension RESTFace {
    /// Who asks; throws where nobody is known to, or the address guessed too often.
    func visitor(of visit: Visit) throws(Problem) -> Visitor {
        let credential = Credential(of: visit.request)
        // Those who were let in before are not locked out by others who guess from the same address.
        let isKnown = welcomed.has(credential)
        if !isKnown, credential != .none { try checkPatience(with: visit) }
        do {
            let visitor = try door.visitor(of: visit.request, at: visit.started)
            if !isKnown { welcomed.add(credential) }
            return visitor
        } catch {
            if credential != .none, error.status == 401 {
                welcomed.remove(credential)
                parts.gate.failed(visit.request.peer, at: visit.started)
                record(.unauthenticated, by: Caller("stranger", .viewer, through: .rest), visit)
            }
            throw error
        }
    }

    /// Refuses an address that guessed too often.
    func checkPatience(with visit: Visit) throws(Problem) {
        guard let wait = parts.gate.wait(of: visit.request.peer, at: visit.started) else { return }
        let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
        throw Problem(
            429, "rate_limited", "Too many keys that do not fit came from this address. Wait \(seconds) s.",
            headers: ["Retry-After": "\(seconds)"])
    }

    /// Puts a refusal on the record, after the answer.
    func record(_ code: CommandProblem.Code, by caller: Caller, _ visit: Visit) {
        let entry = AccessEntry(
            "\(visit.request.method) \(visit.request.path)", [:], by: caller, .refused, code: code, at: visit.started,
            trace: visit.trace)
        let isTaken = calls.submit { [gate = parts.gate] in await gate.record(entry) }
        if !isTaken { report("a refusal could not be put on the record", trace: visit.trace) }
    }
}

/// Remembers a bounded number of credentials that were good, by hashes that no other process can make.
final class WelcomedCredentials: Sendable {
    private let hashes = Mutex<Set<Int>>([])
    private static let most = 4_096

    func has(_ credential: Credential) -> Bool {
        let hash = credential.hashValue
        return hashes.withLock { $0.contains(hash) }
    }

    func remove(_ credential: Credential) {
        let hash = credential.hashValue
        hashes.withLock { _ = $0.remove(hash) }
    }

    func add(_ credential: Credential) {
        let hash = credential.hashValue
        hashes.withLock { known in
            if known.count >= WelcomedCredentials.most { known = [] }
            known.insert(hash)
        }
    }
}
