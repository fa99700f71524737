/// Rows of a JSON array of objects or of arrays.
struct JSONRows: RowSource {
    private var scanner: JSONScanner
    private let keys: [[UInt8]]
    private(set) var line = 0
    private var isAtStart = true

    /// Rows of the array whose `[` the scanner stands behind; cells of objects are in the order of `keys`.
    init(_ scanner: JSONScanner, keys: [String]) {
        self.scanner = scanner
        self.keys = keys.map { Array($0.utf8) }
    }

    mutating func next(_ cells: CellBuffer) throws(ImportError) -> Bool {
        cells.removeAll()
        line += 1
        if scanner.skip(93) { return false }
        if !isAtStart { try scanner.expect(44, line) }
        isAtStart = false
        switch scanner.peek() {
        case 123: try readObject(cells)
        case 91: try readArray(cells)
        default: throw scanner.damaged(line)
        }
        return true
    }

    private mutating func readArray(_ cells: CellBuffer) throws(ImportError) {
        try scanner.expect(91, line)
        while !scanner.skip(93) {
            if cells.count > 0 { try scanner.expect(44, line) }
            cells.append(try scanner.value(line))
        }
    }

    private mutating func readObject(_ cells: CellBuffer) throws(ImportError) {
        for _ in keys { cells.append(scanner.absent) }
        try scanner.expect(123, line)
        var expected = 0
        var isFirst = true
        while !scanner.skip(125) {
            if !isFirst { try scanner.expect(44, line) }
            isFirst = false
            let key = try scanner.string(line)
            try scanner.expect(58, line)
            let value = try scanner.value(line)
            if let index = index(of: key, expected: expected) {
                cells.set(index, value)
                expected = index + 1
            }
        }
    }

    private func index(of key: Cell, expected: Int) -> Int? {
        if keys.indices.contains(expected), equal(key, keys[expected]) { return expected }
        return keys.firstIndex { equal(key, $0) }
    }

    private func equal(_ cell: Cell, _ bytes: [UInt8]) -> Bool {
        cell.count == bytes.count && UnsafeBufferPointer(start: cell.start, count: cell.count).elementsEqual(bytes)
    }
}
