public import Determinism
public import TradingModel

/// Seven columns of eight-byte values, one after the other, that never change while anybody holds them.
///
/// Order: start, end, open, high, low, close, volume.
// Sendable unchecked: every stored property is constant and the memory behind them is only read until deinit,
// which runs once, when no thread holds the object.
public final class BarMemory: @unchecked Sendable {
    /// How many bars each column has.
    public let count: Int
    @usableFromInline let integers: UnsafePointer<Int64>
    @usableFromInline let volumes: UnsafePointer<Double>
    private let release: @Sendable () -> Void

    /// Columns that live in memory somebody else made; `release` is called once, when nobody reads them any more.
    ///
    /// `base` must be aligned to eight bytes and hold seven columns of `count` values.
    public init(base: UnsafeRawPointer, count: Int, release: @escaping @Sendable () -> Void) {
        self.count = count
        self.release = release
        integers = base.assumingMemoryBound(to: Int64.self)
        volumes = base.advanced(by: 6 * count * 8).assumingMemoryBound(to: Double.self)
    }

    /// A copy of columns in memory of its own.
    public convenience init(copying columns: BarColumns) {
        let count = columns.count
        let memory = UnsafeMutableRawPointer.allocate(byteCount: Swift.max(8, count * 56), alignment: 64)
        let integers = [columns.start, columns.end, columns.open, columns.high, columns.low, columns.close]
        for (index, column) in integers.enumerated() {
            column.withUnsafeBytes { copy($0, to: memory + index * count * 8) }
        }
        columns.volume.withUnsafeBytes { copy($0, to: memory + 6 * count * 8) }
        let address = UInt(bitPattern: memory)
        self.init(base: memory, count: count) { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
    }

    deinit {
        release()
    }

    @inlinable
    func bar(_ index: Int) -> Bar {
        Bar(
            start: Timestamp(nanoseconds: integers[index]),
            end: Timestamp(nanoseconds: integers[count &+ index]),
            open: Price(raw: integers[2 &* count &+ index]),
            high: Price(raw: integers[3 &* count &+ index]),
            low: Price(raw: integers[4 &* count &+ index]),
            close: Price(raw: integers[5 &* count &+ index]),
            volume: volumes[index])
    }

    @inlinable
    func end(_ index: Int) -> Timestamp {
        Timestamp(nanoseconds: integers[count &+ index])
    }

    /// All columns as bytes, for writing them out.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: integers, count: count * 56))
    }
}

private func copy(_ bytes: UnsafeRawBufferPointer, to memory: UnsafeMutableRawPointer) {
    guard let base = bytes.baseAddress else { return }
    memory.copyMemory(from: base, byteCount: bytes.count)
}
