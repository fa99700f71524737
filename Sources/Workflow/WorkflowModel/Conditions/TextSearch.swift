/// Looks for a text in others in time that grows with their lengths added, not multiplied (Knuth, Morris, Pratt 1977).
///
/// Compares bytes, so that a letter and its accent written apart are not the accented letter.
struct TextSearch {
    private let wanted: [UInt8]
    /// For every place of the text, how long its longest proper prefix is that ends there.
    private let borders: [Int]

    init(_ text: String) {
        wanted = Array(text.utf8)
        var borders = [Int](repeating: 0, count: wanted.count)
        var length = 0
        for place in wanted.indices.dropFirst() {
            while length > 0, wanted[place] != wanted[length] { length = borders[length - 1] }
            if wanted[place] == wanted[length] { length += 1 }
            borders[place] = length
        }
        self.borders = borders
    }

    func occurs(in text: String) -> Bool {
        guard !wanted.isEmpty else { return true }
        var length = 0
        for byte in text.utf8 {
            while length > 0, byte != wanted[length] { length = borders[length - 1] }
            if byte == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }
}
