/// Rows of separated text, with or without quotes.
struct TextRows: RowSource {
    private let base: UnsafePointer<UInt8>
    private let count: Int
    private let separator: UInt8
    private var position = 0
    private(set) var line = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, base: UnsafePointer<UInt8>, separator: UInt8) {
        self.base = base
        count = bytes.count
        self.separator = separator
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

    @inline(__always)
    private mutating func readLine(_ cells: CellBuffer) {
        var start = position
        var index = position
        while index < count {
            let byte = base[index]
            if byte > 59, byte != separator {
                index &+= 1
                continue
            }
            if byte == separator {
                cells.append(Cell(start: base + start, count: index - start))
                start = index + 1
            } else if byte == 10 {
                break
            } else if byte == 34, index == start {
                index = quoted(from: index, cells)
                start = min(index + 1, count)
                if index < count, base[index] == separator { index += 1 }
                if index >= count || base[index] == 10 { return finish(at: index) }
                continue
            }
            index &+= 1
        }
        var end = index
        if end > start, base[end - 1] == 13 { end -= 1 }
        cells.append(Cell(start: base + start, count: end - start))
        finish(at: index)
    }

    private mutating func finish(at index: Int) {
        position = index + 1
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
