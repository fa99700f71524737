import Configuration

/// Parts of a line of which the least important are left out where there is no room.
struct Segments {
    private let style: Styler
    private var parts: [(text: String, width: Int, rank: Int)] = []

    init(_ style: Styler) {
        self.style = style
    }

    /// Adds a part; of those that do not fit the highest rank goes first, rank 0 always stays.
    mutating func add(_ text: String, rank: Int, _ styles: [Style] = []) {
        let shown = text.escapingControls
        guard !shown.isEmpty else { return }
        parts.append((styles.reduce(shown) { style($0, $1) }, TextWidth.of(shown), rank))
    }

    /// Adds a part that is green above zero and red below.
    mutating func add(change: Double?, _ text: String, rank: Int) {
        add(text, rank: rank, (change ?? 0) > 0 ? [.green] : (change ?? 0) < 0 ? [.red] : [])
    }

    /// The parts that fit into a width, two blanks apart.
    func line(width: Int) -> String {
        var kept = parts
        while kept.reduce(-2, { $0 + $1.width + 2 }) > width, let last = kept.map(\.rank).max(), last > 0 {
            guard let place = kept.lastIndex(where: { $0.rank == last }) else { break }
            kept.remove(at: place)
        }
        return StyledLine.fitted(kept.map(\.text).joined(separator: "  "), to: max(0, width))
    }
}
