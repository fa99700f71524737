/// The trace that the work of a task belongs to, and which piece of work within it this is.
public struct TraceContext: Sendable, Hashable {
    /// The context of the current task; nil outside any trace.
    @TaskLocal public static var current: TraceContext?

    /// The whole.
    public let trace: TraceID
    /// The piece of work.
    public let span: SpanID
    /// Whether the caller keeps this trace.
    public let isSampled: Bool

    /// A context as given.
    public init(trace: TraceID, span: SpanID, isSampled: Bool = true) {
        self.trace = trace
        self.span = span
        self.isSampled = isSampled
    }

    /// The first piece of work of a trace.
    public init(root trace: TraceID) {
        self.init(trace: trace, span: SpanID(derivedFrom: trace.hex, "root"))
    }

    /// A piece of work within this one; the same name under the same parent always gives the same id.
    public func child(_ name: String) -> TraceContext {
        TraceContext(trace: trace, span: SpanID(derivedFrom: trace.hex, span.hex, name), isSampled: isSampled)
    }

    /// Reads the header `traceparent` (W3C Trace Context, level 1); nil where it is not valid.
    ///
    /// Versions after 00 are read as far as version 00 goes, as that specification asks.
    public init?(traceparent: String) {
        let bytes = Array(traceparent.utf8)
        let isLower = bytes.allSatisfy { !(65...90).contains($0) }
        guard isLower, bytes.count >= 55, [2, 35, 52].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }),
            let version = HexText.number(bytes[..<2], count: 2), version != 0xFF,
            bytes.count == 55 || (version > 0 && bytes[55] == UInt8(ascii: "-")),
            let trace = TraceID(hex: String(decoding: bytes[3..<35], as: UTF8.self)),
            let span = SpanID(hex: String(decoding: bytes[36..<52], as: UTF8.self)),
            let flags = HexText.number(bytes[53..<55], count: 2)
        else { return nil }
        self.init(trace: trace, span: span, isSampled: flags & 1 == 1)
    }

    /// The header `traceparent` in version 00.
    public var traceparent: String {
        "00-\(trace.hex)-\(span.hex)-\(isSampled ? "01" : "00")"
    }
}
