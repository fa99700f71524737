/// Walks over JSON text without building values.
struct JSONScanner {
    private let base: UnsafePointer<UInt8>
    private let count: Int
    private let file: String
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, base: UnsafePointer<UInt8>, file: String) {
        self.base = base
        self.file = file
        count = bytes.count
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The cell of a key that an object lacks.
    var absent: Cell { Cell(start: base, count: 0) }

    /// The next byte that is not white space, 0 at the end.
    mutating func peek() -> UInt8 {
        while position < count, base[position] <= 32 { position += 1 }
        return position < count ? base[position] : 0
    }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: UInt8, _ element: Int) throws(ImportError) {
        guard skip(byte) else { throw damaged(element) }
    }

    func damaged(_ element: Int) -> ImportError {
        let place = element > 0 ? "in element \(element)" : "before its first row"
        if position >= count { return ImportError(.damaged, "\(file) stops \(place): its JSON has no end") }
        let line = UnsafeBufferPointer(start: base, count: position).count { $0 == 10 } + 1
        return ImportError(.damaged, "\(file) is broken JSON \(place), line \(line)")
    }

    /// The bytes between the quotes; escapes stay as they are.
    mutating func string(_ element: Int) throws(ImportError) -> Cell {
        guard skip(34) else { throw damaged(element) }
        let start = position
        while position < count, base[position] != 34 {
            position += base[position] == 92 ? 2 : 1
        }
        guard position < count else {
            position = count
            throw damaged(element)
        }
        position += 1
        return Cell(start: base + start, count: position - 1 - start)
    }

    /// A string's content, a number or a word; of an object or array its text as a whole. `null` is an empty cell.
    mutating func value(_ element: Int) throws(ImportError) -> Cell {
        switch peek() {
        case 34: return try string(element)
        case 91, 123:
            let start = position
            try skipNested(element)
            return Cell(start: base + start, count: position - start)
        default: return try word(element)
        }
    }

    private mutating func word(_ element: Int) throws(ImportError) -> Cell {
        let start = position
        while position < count, base[position] > 32, ![44, 93, 125, 58].contains(base[position]) { position += 1 }
        guard position > start, position < count else { throw damaged(element) }
        let cell = Cell(start: base + start, count: position - start)
        return cell.text == "null" ? Cell(start: cell.start, count: 0) : cell
    }

    private mutating func skipNested(_ element: Int) throws(ImportError) {
        var depth = 0
        repeat {
            switch peek() {
            case 91, 123:
                depth += 1
                position += 1
            case 93, 125:
                depth -= 1
                position += 1
            case 44, 58: position += 1
            case 34: _ = try string(element)
            default: _ = try word(element)
            }
        } while depth > 0
    }
}
