/// Finds what someone probably meant.
public enum Spelling {
    /// The candidate nearest to a word, the first of equals; nil where none is near enough to be meant.
    ///
    /// Near is one edit in words of up to four letters, a third of the word in longer ones, or a beginning of at
    /// least three letters. Case and the difference between `-` and `_` do not count.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = folded(word)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let limit = wanted.count <= 4 ? 1 : wanted.count / 3
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let letters = folded(candidate)
            let isBeginning = wanted.count >= 3 && letters.starts(with: wanted)
            let distance = isBeginning ? min(1, distance(wanted, letters)) : distance(wanted, letters)
            if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// How many insertions, deletions, substitutions and swaps of neighbours lead from one word to the other.
    ///
    /// The restricted Damerau-Levenshtein distance (optimal string alignment); costs the product of the lengths.
    public static func distance(_ left: String, _ right: String) -> Int {
        distance(Array(left), Array(right))
    }

    private static func folded(_ word: String) -> [Character] {
        word.prefix(65).lowercased().map { $0 == "_" ? "-" : $0 }
    }

    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var older: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = previous[column] + (letter == other ? 0 : 1)
                cost = min(cost, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, older[column - 1] + 1)
                }
                current.append(cost)
            }
            (older, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
