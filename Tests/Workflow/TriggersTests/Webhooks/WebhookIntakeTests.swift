import Configuration
import Determinism
import Testing
import Triggers
import WorkflowModel

@Suite struct WebhookIntakeTests {
    private let secret = Secret("whsec_test")
    private let body = Array(#"{"symbol":"AAPL"}"#.utf8)

    private func intake() -> WebhookIntake { WebhookIntake(name: "in", secrets: [secret]) }

    private func request(_ id: String?, _ text: String, body: [UInt8]? = nil) throws -> WebhookRequest {
        let bytes = body ?? self.body
        return WebhookRequest(
            signature: WebhookSignature.header(for: bytes, at: try at(text), secret: secret), id: id, body: bytes)
    }

    @Test func `a signed message is accepted with what it says`() throws {
        var intake = intake()
        guard
            case .accepted(let delivery, let reply) = intake.receive(
                try request("m1", "01-02T10:00"), at: try at("01-02T10:00:05"))
        else { throw Failure() }
        let received = try at("01-02T10:00:05")
        #expect(delivery == WebhookDelivery(name: "in", id: "m1", received: received, body: ["symbol": "AAPL"]))
        #expect(reply.status == 202 && reply.id == "m1" && reply.received == received)
    }

    /// Keeps what the intake remembers, and goes on with one that knows nothing else.
    private func restart(_ intake: inout WebhookIntake, _ kept: inout [String: [UInt8]]) throws {
        for (name, bytes) in try intake.takeChanges() { kept[name] = bytes }
        intake = self.intake()
        try intake.restore(kept)
    }

    @Test func `a message that was read on its way is not taken under another id, restart or not`() throws {
        var intake = intake()
        var kept: [String: [UInt8]] = [:]
        _ = intake.receive(try request("m1", "01-02T10:00"), at: try at("01-02T10:00"))
        try restart(&intake, &kept)
        // The sender repeats it under a new signature, which is no way in either.
        _ = intake.receive(try request("m1", "01-02T10:02"), at: try at("01-02T10:02"))
        try restart(&intake, &kept)
        for signed in ["01-02T10:00", "01-02T10:02"] {
            var stolen = try request("m1", signed)
            stolen.id = "m2"
            #expect(intake.receive(stolen, at: try at("01-02T10:03")).reply.code == "replay")
        }
        let other = try request("m1", "01-02T10:03", body: Array("{}".utf8))
        #expect(intake.receive(other, at: try at("01-02T10:03")).reply.code == "conflict")
    }

    @Test func `what is forgotten is kept no more`() throws {
        var intake = intake()
        var kept: [String: [UInt8]] = [:]
        _ = intake.receive(try request("m1", "01-02T10:00"), at: try at("01-02T10:00"))
        try restart(&intake, &kept)
        #expect(kept.count == 2)
        _ = intake.receive(try request("m2", "01-03T11:00"), at: try at("01-03T11:00"))
        try restart(&intake, &kept)
        #expect(kept.keys.filter { $0.hasPrefix("message ") } == ["message m2"])
        #expect(kept.count == 2)
        #expect(throws: TriggerError.self) { try intake.restore(["message m3": [1, 2]]) }
    }

    @Test func `the header is the one that openssl computes`() throws {
        // printf '1767348000.{}' | openssl dgst -sha256 -hmac whsec_test
        let header = WebhookSignature.header(for: Array("{}".utf8), at: try at("01-02T10:00"), secret: secret)
        #expect(header == "t=1767348000,v1=e578e545a1fb7aea34369d7b16fdb58d96da4091563fa2181f570ad2f311f697")
    }

    @Test func `the same message again gets the same answer and is not delivered again`() throws {
        var intake = intake()
        var kept: [String: [UInt8]] = [:]
        let first = intake.receive(try request("m1", "01-02T10:00"), at: try at("01-02T10:00")).reply
        for time in ["01-02T10:00", "01-02T10:04", "01-03T09:00"] {
            try restart(&intake, &kept)
            #expect(intake.receive(try request("m1", time), at: try at(time)) == .repeated(first))
        }
    }

    @Test func `one id for two messages and one message under two ids are refused`() throws {
        var intake = intake()
        _ = intake.receive(try request("m1", "01-02T10:00"), at: try at("01-02T10:00"))
        let other = try request("m1", "01-02T10:01", body: Array("{}".utf8))
        #expect(intake.receive(other, at: try at("01-02T10:01")).reply.code == "conflict")
        var copied = try request("m1", "01-02T10:00")
        copied.id = "m2"
        #expect(intake.receive(copied, at: try at("01-02T10:02")).reply.code == "replay")
        #expect(intake.receive(try request("m2", "01-02T10:02"), at: try at("01-02T10:02")).reply.status == 202)
    }

    @Test func `a message without an id is known by its signature`() throws {
        var intake = intake()
        let request = try request(nil, "01-02T10:00")
        let first = intake.receive(request, at: try at("01-02T10:00"))
        #expect(first.reply.id?.count == 64)
        #expect(intake.receive(request, at: try at("01-02T10:01")) == .repeated(first.reply))
    }

    @Test(
        arguments: [
            nil, "", "t=1767348000", "v1=00", "t=1767348000,v1=zz", "t=x,v1=\(String(repeating: "0", count: 64))",
            "t=1767348000,v1=\(String(repeating: "0", count: 64))", "t=99999999999999999999,v1=00", ",,==,t=,v1=",
            "t=1767348000,t=1767348000,v1=\(String(repeating: "0", count: 64))",
            String(repeating: "t=1,", count: 10_000),
        ] as [String?])
    func `all messages without a valid signature get one and the same answer`(header: String?) throws {
        var intake = intake()
        let reply = intake.receive(
            WebhookRequest(signature: header, id: "m1", body: body), at: try at("01-02T10:00")
        ).reply
        #expect(reply.status == 401 && reply.message == "the signature does not fit")
        #expect(reply.id == nil && reply.received == nil)
    }

    @Test func `a changed body, a wrong secret and no secret are the same refusal`() throws {
        var changed = try request("m1", "01-02T10:00")
        changed.body.append(32)
        var wrong = WebhookIntake(name: "in", secrets: [Secret("other")])
        var none = WebhookIntake(name: "in", secrets: [Secret("")])
        var intake = intake()
        let time = try at("01-02T10:00")
        let replies = [
            intake.receive(changed, at: time).reply, wrong.receive(try request("m1", "01-02T10:00"), at: time).reply,
            none.receive(try request("m1", "01-02T10:00"), at: time).reply,
        ]
        #expect(Set(replies).count == 1 && replies[0].code == "signature")
    }

    @Test(arguments: [("09:54:59", 401), ("09:55:00", 202), ("10:05:00", 202), ("10:05:01", 401)])
    func `a signature is good for 300 seconds either way`(time: String, status: Int) throws {
        var intake = intake()
        let reply = intake.receive(try request("m1", "01-02T10:00"), at: try at("01-02T\(time)")).reply
        #expect(reply.status == status)
    }

    @Test func `the old and the new secret are good while one is exchanged`() throws {
        var intake = WebhookIntake(name: "in", secrets: [Secret("new"), secret])
        #expect(intake.receive(try request("m1", "01-02T10:00"), at: try at("01-02T10:00")).reply.status == 202)
    }

    @Test(arguments: [(Array("{".utf8), 400), ([], 400), ([0xFF], 400)] as [([UInt8], Int)])
    func `a signed body that is no JSON is refused and its id stays free`(bytes: [UInt8], status: Int) throws {
        var intake = intake()
        let time = try at("01-02T10:00")
        #expect(intake.receive(try request("m1", "01-02T10:00", body: bytes), at: time).reply.status == status)
        #expect(intake.receive(try request("m1", "01-02T10:00"), at: time).reply.status == 202)
    }

    @Test(arguments: ["", "two words", "a\nb", "naïve", String(repeating: "x", count: 201)])
    func `an id that could not stand in a log line is refused`(id: String) throws {
        var intake = intake()
        #expect(intake.receive(try request(id, "01-02T10:00"), at: try at("01-02T10:00")).reply.code == "id")
    }

    @Test func `a body over the limit is refused unread`() throws {
        var intake = intake()
        let large = WebhookRequest(signature: nil, id: nil, body: [UInt8](repeating: 0, count: 1_048_577))
        #expect(intake.receive(large, at: try at("01-02T10:00")).reply.status == 413)
    }

    @Test func `nesting without end is refused`() throws {
        var intake = intake()
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 500_000)
        #expect(
            intake.receive(try request("m1", "01-02T10:00", body: deep), at: try at("01-02T10:00")).reply.status == 400)
    }

    private struct Failure: Error {}
}
