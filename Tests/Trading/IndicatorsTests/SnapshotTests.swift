import Foundation
import Testing

@testable import Indicators

@Suite struct SnapshotTests {
    @Test(arguments: [0, 3, 40, 400])
    func `a decoded snapshot goes on with the same bits`(length: Int) throws {
        let bars = Samples.bars(length + 200, seed: 9)
        for indicator in Zoo.bars { try check(indicator, Array(bars[..<length]), Array(bars[length...])) }
        for indicator in Zoo.prices {
            try check(indicator, bars[..<length].map(\.close), bars[length...].map(\.close))
        }
    }

    @Test func `a snapshot that contradicts itself is refused`() throws {
        let text = String(decoding: try JSONEncoder().encode(SMA(5)), as: UTF8.self)
        let damaged = text.replacingOccurrences(of: "\"length\":5", with: "\"length\":500")
        #expect(damaged != text)
        #expect(throws: IndicatorError.self) { try JSONDecoder().decode(SMA.self, from: Data(damaged.utf8)) }
    }

    @Test func `a copy is independent of what it was copied from`() {
        var original = SMA(3)
        for price in [1.0, 2, 3] { _ = original.update(price) }
        var copy = original
        #expect(copy.update(1000) == 335)
        #expect(original.update(4) == 3)
    }

    private func check<I: PriceIndicator>(_ indicator: I, _ before: [Double], _ after: [Double]) throws {
        var running = indicator
        for price in before { _ = running.update(price) }
        let restored = try JSONDecoder().decode(I.self, from: JSONEncoder().encode(running))
        #expect(restored.columns(over: after).map(bits) == running.columns(over: after).map(bits), "\(indicator)")
    }

    private func check<I: BarIndicator>(_ indicator: I, _ before: [PriceBar], _ after: [PriceBar]) throws {
        var running = indicator
        for bar in before { _ = running.update(bar) }
        let restored = try JSONDecoder().decode(I.self, from: JSONEncoder().encode(running))
        let columns = PriceColumns(after)
        #expect(restored.columns(over: columns).map(bits) == running.columns(over: columns).map(bits), "\(indicator)")
    }
}
