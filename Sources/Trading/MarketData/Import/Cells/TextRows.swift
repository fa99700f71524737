/// Rows of separated text, with or without quotes.
struct TextRows: RowSource {
    private let base: UnsafePointer<UInt8>
    private let count: Int
    private let separator: UInt8
    private let separators: UInt64
    private var position = 0
    private(set) var line = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, base: UnsafePointer<UInt8>, separator: UInt8) {
        self.base = base
        count = bytes.count
        self.separator = separator
        separators = UInt64(separator) &* 0x0101_0101_0101_0101
    }

    @inline(__always)
    mutating func next(_ cells: CellBuffer) throws(ImportError) -> Bool {
        while position < count {
            line += 1
            cells.removeAll()
            readLine(cells)
            if cells.count > 1 || cells[0].count > 0 { return true }
        }
        return false
    }

    /// Looks for separators and line ends in eight bytes at a time.
    @inline(__always)
    private mutating func readLine(_ cells: CellBuffer) {
        let base = base
        let lineStart = position
        var start = lineStart
        var block = lineStart
        while block &+ 8 <= count {
            let word = UnsafeRawPointer(base + block).loadUnaligned(as: UInt64.self)
            var matches = TextRows.zeroBytes(word ^ separators) | TextRows.zeroBytes(word ^ TextRows.lineEnds)
            matches |= TextRows.zeroBytes(word ^ TextRows.quotes)
            while matches != 0 {
                let index = block &+ matches.trailingZeroBitCount / 8
                matches &= matches &- 1
                let byte = base[index]
                if byte == separator {
                    cells.append(Cell(start: base + start, count: index &- start))
                    start = index &+ 1
                } else if byte == 10 {
                    return finish(cells, start, index)
                } else if index == start {
                    cells.removeAll()
                    return readQuotedLine(cells)
                }
            }
            block &+= 8
        }
        // The last few bytes of the file, from the line's start.
        cells.removeAll()
        readQuotedLine(cells)
    }

    /// The high bit of every byte that is zero.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((word & low) &+ low) | word | low)
    }

    private static let lineEnds: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
    private static let quotes: UInt64 = 0x2222_2222_2222_2222

    @inline(__always)
    private mutating func finish(_ cells: CellBuffer, _ start: Int, _ index: Int) {
        var end = index
        if end > start, base[end - 1] == 13 { end -= 1 }
        cells.append(Cell(start: base + start, count: end - start))
        position = index + 1
    }

    /// The line at `position`, byte by byte.
    @inline(never)
    private mutating func readQuotedLine(_ cells: CellBuffer) {
        var start = position
        var index = position
        while index < count, base[index] != 10 {
            if base[index] == separator {
                cells.append(Cell(start: base + start, count: index - start))
                start = index + 1
            } else if base[index] == 34, index == start {
                index = quoted(from: index, cells)
                start = min(index + 1, count)
                if index >= count || base[index] == 10 {
                    position = index + 1
                    return
                }
            }
            index += 1
        }
        finish(cells, start, index)
    }

    /// Adds the cell that begins with a quote at `index` and returns where the separator or line end after it is.
    private func quoted(from index: Int, _ cells: CellBuffer) -> Int {
        var end = index + 1
        while end < count, base[end] != 34, base[end] != 10 { end += 1 }
        cells.append(Cell(start: base + index + 1, count: end - index - 1))
        var next = end
        while next < count, base[next] != separator, base[next] != 10 { next += 1 }
        return next
    }
}
