public import Determinism

/// When a process dies.
public enum Fate: Sendable, Hashable {
    /// Where in the making of a commit it dies.
    public enum Moment: Sendable, Hashable, CaseIterable {
        /// What was to be kept is lost.
        case before
        /// It is kept, but nothing follows from it.
        case after
    }

    /// Never, or at the commits of these numbers, counted from 1 over all processes.
    case scripted([Int: Moment])
    /// By chance at a share of the commits, at most so often.
    case random(SeededRandom, share: Double, left: Int)

    /// What becomes of the process at a commit; nil where it lives on.
    mutating func moment(ofCommit number: Int) -> Moment? {
        switch self {
        case .scripted(let moments): return moments[number]
        case .random(var chance, let share, let left):
            let draw = chance.uniform()
            let dies = left > 0 && draw < share
            self = .random(chance, share: share, left: dies ? left - 1 : left)
            guard dies else { return nil }
            return draw < share / 2 ? .before : .after
        }
    }
}
