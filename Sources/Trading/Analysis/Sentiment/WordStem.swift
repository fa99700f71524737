/// Maps the inflections of an English word to one stem, which need not be a word.
enum WordStem {
    /// `surges`, `surged` and `surging` become `surg`; words with a digit or under four letters stay as they are.
    static func of(_ word: String) -> String {
        var letters = Array(word.utf8)
        guard letters.count > 3, letters.allSatisfy({ $0 >= 97 && $0 <= 122 }) else { return word }
        if ends(letters, "ies") || ends(letters, "ied") {
            return text(letters.dropLast(3) + [121])
        }
        if ends(letters, "ing"), letters.count > 5 {
            letters = undoubled(Array(letters.dropLast(3)))
        } else if ends(letters, "ed"), letters.count > 4 {
            letters = undoubled(Array(letters.dropLast(2)))
        } else if ["sses", "shes", "ches", "xes", "zes"].contains(where: { ends(letters, $0) }) {
            letters.removeLast(2)
        } else if letters.last == 115, !["ss", "us", "is"].contains(where: { ends(letters, $0) }) {
            letters.removeLast()
        }
        if letters.count > 3, letters.last == 101 { letters.removeLast() }
        return text(letters)
    }

    /// `dropp` becomes `drop`; `fall`, `miss`, `add` and `buzz` keep their pair.
    private static func undoubled(_ letters: [UInt8]) -> [UInt8] {
        guard letters.count > 3, let last = letters.last, letters[letters.count - 2] == last,
            !"lsdzeo".utf8.contains(last)
        else { return letters }
        return letters.dropLast()
    }

    private static func ends(_ letters: [UInt8], _ suffix: String) -> Bool {
        letters.count >= suffix.utf8.count && letters.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    private static func text(_ letters: some Collection<UInt8>) -> String {
        String(decoding: letters, as: UTF8.self)
    }
}
