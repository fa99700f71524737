import Determinism
import Storage
import WorkflowModel

extension CommandContext {
    /// A name made from the call, the same where the call is repeated: `backtest-3f9a52c1b604`.
    func name(after word: String) -> String {
        let letters = word.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return "\(String(letters.prefix(40)))-\(Digest.of(Array(callID.utf8)).hex.prefix(12))"
    }

    /// Refuses callers who may not do as much as one way of using a command asks for.
    func require(_ permission: Permission, _ what: String) throws(CommandProblem) {
        // Every market is simulated or replayed as yet, so that no tier is held back by a venue.
        let tier = caller.tier?.allows(permission, isLive: false) ?? true
        guard caller.role.allows(permission), tier else {
            throw CommandProblem(.forbidden, "\(what) asks for the permission to \(permission.name)")
        }
    }
}

extension CommandProblem {
    /// Trouble because nothing ever ran.
    static let nothingRan = CommandProblem(
        .unavailable, "nothing has run in this home yet; 'bellwether run' starts a desk")
}
