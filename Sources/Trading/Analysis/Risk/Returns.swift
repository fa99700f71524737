import Foundation
import TradingModel

/// Log returns of several instruments, matched by slot.
struct ReturnTable {
    private struct Column {
        let slots: [Int64]
        let slotsPrint: UInt64
        let logs: [Double]
        let returns: [Double]
        /// The returns less their mean, divided so that their squares add up to one; nil where they do not vary.
        let standard: [Double]?
    }

    let instruments: [InstrumentID]
    private let columns: [Column]

    init(_ window: MarketWindow, _ instruments: [InstrumentID]) {
        self.instruments = instruments
        columns = instruments.map { id in
            let bars = window.bars(id)
            let logs = bars.close.map { log($0) }
            let returns = ReturnTable.differences(logs)
            return Column(
                slots: bars.slots, slotsPrint: ReturnTable.fingerprint(bars.slots), logs: logs, returns: returns,
                standard: ReturnTable.standardised(returns))
        }
    }

    /// One-bar log returns of the instrument at a place of `instruments`.
    func returns(_ place: Int) -> [Double] { columns[place].returns }

    /// The correlation of the returns both have; nil for fewer than 20 or where one does not vary.
    func correlation(_ first: Int, _ second: Int) -> Double? {
        let (left, right) = (columns[first], columns[second])
        if left.slotsPrint == right.slotsPrint, left.slots.count == right.slots.count {
            guard left.returns.count >= 20, let one = left.standard, let other = right.standard else { return nil }
            return ReturnTable.product(one, other).unit
        }
        let rows = ReturnTable.common([left.slots, right.slots])
        guard rows.count > 20,
            let one = ReturnTable.standardised(ReturnTable.differences(rows.map { left.logs[$0[0]] })),
            let other = ReturnTable.standardised(ReturnTable.differences(rows.map { right.logs[$0[1]] }))
        else { return nil }
        return ReturnTable.product(one, other).unit
    }

    /// Returns of all instruments over the bars that all have, one column an instrument.
    func joint() -> [[Double]] {
        guard let first = columns.first else { return [] }
        if columns.allSatisfy({ $0.slotsPrint == first.slotsPrint && $0.slots.count == first.slots.count }) {
            return columns.map(\.returns)
        }
        let rows = ReturnTable.common(columns.map(\.slots))
        return columns.indices.map { place in
            ReturnTable.differences(rows.map { columns[place].logs[$0[place]] })
        }
    }

    /// The rows at which ascending columns hold one slot.
    private static func common(_ columns: [[Int64]]) -> [[Int]] {
        var places = [Int](repeating: 0, count: columns.count)
        var rows: [[Int]] = []
        while zip(places, columns).allSatisfy({ $0 < $1.count }) {
            var latest = Int64.min
            for (place, column) in zip(places, columns) { latest = max(latest, column[place]) }
            var isCommon = true
            for index in columns.indices where columns[index][places[index]] < latest {
                places[index] += 1
                isCommon = false
            }
            guard isCommon else { continue }
            rows.append(places)
            for index in places.indices { places[index] += 1 }
        }
        return rows
    }

    static func differences(_ values: [Double]) -> [Double] {
        guard values.count > 1 else { return [] }
        var result = [Double](repeating: 0, count: values.count - 1)
        for index in 1..<values.count { result[index - 1] = values[index] - values[index - 1] }
        return result
    }

    static func product(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in 0..<min(left.count, right.count) { sum += left[index] * right[index] }
        return sum
    }

    private static func standardised(_ values: [Double]) -> [Double]? {
        guard let mean = Series.mean(values, last: values.count) else { return nil }
        let centred = values.map { $0 - mean }
        let norm = product(centred, centred).squareRoot()
        return norm > 1e-12 ? centred.map { $0 / norm } : nil
    }

    private static func fingerprint(_ slots: [Int64]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for slot in slots { hash = (hash ^ UInt64(bitPattern: slot)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}
