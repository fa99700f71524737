import Foundation

/// Writes one JSON object a line, each complete and at once, keys in order.
///
/// Throws `OutputClosed` once nobody reads; let it pass, and the program ends quietly.
struct JSONLines: Sendable {
    private let output: any OutputSink

    /// Lines to a place.
    init(_ output: any OutputSink) {
        self.output = output
    }

    /// Writes a value.
    func write(_ value: JSONValue) throws(OutputClosed) {
        try output.write(value.line + "\n")
    }

    /// Writes a coded value; numbers that are not finite are an error.
    func write(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try output.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
    }
}
