/// A stretch of a file's bytes; valid only while the file is being read.
struct Cell {
    let start: UnsafePointer<UInt8>
    let count: Int

    var text: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

    /// The cell without blanks at either end.
    var trimmed: Cell {
        var lower = 0
        var upper = count
        while lower < upper, start[lower] == 32 || start[lower] == 9 { lower += 1 }
        while upper > lower, start[upper - 1] == 32 || start[upper - 1] == 9 { upper -= 1 }
        return Cell(start: start + lower, count: upper - lower)
    }

    func equals(_ other: Cell) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where start[index] != other.start[index] { return false }
        return true
    }
}

/// The cells of one row, kept in memory that is used again for the next row.
final class CellBuffer {
    private(set) var count = 0
    private var cells: UnsafeMutablePointer<Cell>
    private var capacity = 64

    init() {
        cells = .allocate(capacity: capacity)
    }

    deinit {
        cells.deallocate()
    }

    @inline(__always)
    subscript(index: Int) -> Cell {
        precondition(index < count)
        return cells[index]
    }

    @inline(__always)
    func removeAll() { count = 0 }

    @inline(__always)
    func append(_ cell: Cell) {
        if count == capacity { grow() }
        (cells + count).initialize(to: cell)
        count += 1
    }

    func set(_ index: Int, _ cell: Cell) {
        precondition(index < count)
        cells[index] = cell
    }

    private func grow() {
        let larger = UnsafeMutablePointer<Cell>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: cells, count: count)
        cells.deallocate()
        cells = larger
        capacity *= 2
    }

    var texts: [String] { (0..<count).map { cells[$0].text } }
}

/// Where rows come from: lines of text or elements of JSON.
protocol RowSource {
    /// The line, or the element, of the row read last.
    var line: Int { get }

    /// Reads the next row that is not blank; false at the end.
    mutating func next(_ cells: CellBuffer) throws(ImportError) -> Bool
}
