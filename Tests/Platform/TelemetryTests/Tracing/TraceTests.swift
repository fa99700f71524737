import Telemetry
import Testing

@Suite struct Traces {
    let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test func `gives the same trigger the same trace, and no other`() {
        let id = TraceID(derivedFrom: "cron", "2026-01-05T14:30:00Z")
        #expect(id == TraceID(derivedFrom: "cron", "2026-01-05T14:30:00Z"))
        #expect(id != TraceID(derivedFrom: "cron", "2026-01-05T14:31:00Z"))
        #expect(TraceID(derivedFrom: "a", "bc") != TraceID(derivedFrom: "ab", "c"))
        #expect(TraceID(derivedFrom: "a", "") != TraceID(derivedFrom: "a"))
        // printf '4:cron' | sha256sum
        #expect(TraceID(derivedFrom: "cron").hex == "5e275166ec755eb449f7496004e1552d")
    }

    @Test func `reads and writes the header of the W3C`() throws {
        let context = try #require(TraceContext(traceparent: header))
        #expect(context.trace.hex == "0af7651916cd43dd8448eb211c80319c")
        #expect(context.span.hex == "b7ad6b7169203331")
        #expect(context.isSampled)
        #expect(context.traceparent == header)
        #expect(TraceContext(traceparent: header.dropLast(2) + "00")?.isSampled == false)
        #expect(TraceContext(traceparent: header.dropLast(2) + "fd")?.traceparent == header)
        #expect(TraceContext(traceparent: "cc" + header.dropFirst(2) + "-what-comes-later") == context)
    }

    @Test func `refuses headers that the W3C calls invalid`() {
        let refused = [
            "", header + "-x", "ff" + header.dropFirst(2), "cc" + header.dropFirst(2) + ".x", header.uppercased(),
            String(header.dropLast()), "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
            "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", header.replacing("-", with: "_"),
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0é",
        ]
        for text in refused { #expect(TraceContext(traceparent: text) == nil, "\(text)") }
    }

    @Test func `keeps the trace and changes the span for work within`() {
        let root = TraceContext(root: TraceID(derivedFrom: "cron"))
        let child = root.child("risk")
        #expect(child.trace == root.trace)
        #expect(child == root.child("risk"))
        #expect(Set([root.span, child.span, root.child("order").span, child.child("risk").span]).count == 4)
        #expect(TraceContext(traceparent: child.traceparent) == child)
    }

    @Test func `reads ids of exactly their length`() {
        #expect(TraceID(hex: "0AF7651916CD43DD8448EB211C80319C")?.hex == "0af7651916cd43dd8448eb211c80319c")
        #expect(TraceID(hex: "0af7") == nil)
        #expect(TraceID(hex: String(repeating: "0", count: 32)) == nil)
        #expect(SpanID(hex: "b7ad6b716920333") == nil)
    }
}
