/// A part of a text that must not be seen.
struct RedactedRange: Hashable {
    var start: Int
    var end: Int
    /// Whether the part is a bare JSON value, so that quotes keep the document readable.
    var isBareValue = false

    /// The bytes with each range replaced by the marker; ranges may overlap and come in any order.
    static func replacing(_ ranges: [RedactedRange], in bytes: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var position = 0
        for range in merged(ranges) {
            clean += bytes[position..<range.start]
            clean += (range.isBareValue ? "\"\(Redactor.marker)\"" : Redactor.marker).utf8
            position = range.end
        }
        clean += bytes[position...]
        return clean
    }

    /// The ranges in order, those that overlap or touch made one.
    static func merged(_ ranges: [RedactedRange]) -> [RedactedRange] {
        var merged: [RedactedRange] = []
        for range in ranges.sorted(by: { ($0.start, $1.end) < ($1.start, $0.end) }) where range.end > range.start {
            guard let last = merged.last, range.start <= last.end else {
                merged.append(range)
                continue
            }
            guard range.end > last.end else { continue }
            merged[merged.count - 1] = RedactedRange(start: last.start, end: range.end)
        }
        return merged
    }
}
