/// Guesses which name was meant.
enum Spelling {
    /// `; did you mean 'macd'?`, or nothing where no name is near.
    static func hint(_ word: String, among names: [String]) -> String {
        let word = word.lowercased()
        let ranked = names.map { (name: $0, distance: distance(word, $0)) }
        guard let nearest = ranked.min(by: { $0.distance < $1.distance }),
            nearest.distance <= max(1, max(word.count, nearest.name.count) / 2)
        else { return "" }
        return "; did you mean '\(nearest.name)'?"
    }

    /// How many letters must be put in, taken out or changed (V. Levenshtein).
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let changed = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
