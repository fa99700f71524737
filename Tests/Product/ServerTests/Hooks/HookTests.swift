import Configuration
import Determinism
import Networking
import Synchronization
import Testing
import Triggers
import WorkflowModel

@testable import Server

@Suite struct `Webhooks` {
    private let secret = Secret("shared secret")
    private let body = Array(#"{"symbol":"AAPL"}"#.utf8)

    private final class Kept: Sendable {
        let deliveries = Mutex<[WebhookDelivery]>([])
        let memory = Mutex<[String: [UInt8]]>([:])
        let isBroken = Mutex(false)
    }

    private struct Broken: Error {}

    private func desk(_ kept: Kept) throws -> FakeDesk {
        let time = ManualTime(at: Timestamp(nanoseconds: 1_000_000_000))
        let hooks = HookDesk(
            time: time,
            find: { [secret] workflow, trigger in
                workflow == "news" ? HookDesk.Webhook(name: "\(workflow)/\(trigger)", secrets: [secret]) : nil
            },
            store: store(kept))
        return try FakeDesk({ $0.hooks = { try await hooks.receive($0) } })
    }

    private func store(_ kept: Kept) -> HookDesk.Store {
        HookDesk.Store(
            memory: { _ in kept.memory.withLock { $0 } },
            keep: { change in
                if kept.isBroken.withLock({ $0 }) { throw Broken() }
                if let delivery = change.delivery { kept.deliveries.withLock { $0.append(delivery) } }
                kept.memory.withLock { memory in for (name, bytes) in change.memory { memory[name] = bytes } }
            })
    }

    private func post(
        _ desk: FakeDesk, id: String? = "m-1", to path: String = "/hooks/news/alert", signed: Bool = true
    ) async throws -> FakeDesk.Reply {
        let header = WebhookSignature.header(for: body, at: desk.time.now, secret: signed ? secret : Secret("other"))
        let headers = [("X-Bellwether-Signature", header)] + (id.map { [("Idempotency-Key", $0)] } ?? [])
        return try await desk.send("POST", path, key: nil, headers: headers, body: body)
    }

    @Test func `a signed message is kept once, however often it comes`() async throws {
        let kept = Kept()
        let desk = try desk(kept)
        let first = try await post(desk)
        #expect(first.status == 202)
        #expect(first.json["id"] == "m-1")
        let second = try await post(desk)
        #expect(second.status == 202)
        #expect(second.headers["Idempotency-Replayed"] == "true")
        #expect(first.json == second.json)
        #expect(kept.deliveries.withLock { $0.map(\.name) } == ["news/alert"])
        #expect(kept.deliveries.withLock { $0.first?.body } == ["symbol": "AAPL"])
    }

    @Test func `a message that was taken before a restart is not taken again under another id`() async throws {
        let kept = Kept()
        #expect(try await post(try desk(kept)).status == 202)
        let restarted = try desk(kept)
        #expect(try await post(restarted, id: "m-2").status == 409)
        let again = try await post(restarted)
        #expect(again.status == 202)
        #expect(again.headers["Idempotency-Replayed"] == "true")
        #expect(kept.deliveries.withLock { $0.count } == 1)
    }

    @Test func `a message that could not be kept is taken when it comes again`() async throws {
        let kept = Kept()
        let desk = try desk(kept)
        kept.isBroken.withLock { $0 = true }
        let failed = try await post(desk)
        #expect(failed.status == 503)
        #expect(failed.headers["Retry-After"] == "5")
        kept.isBroken.withLock { $0 = false }
        let again = try await post(desk)
        #expect(again.status == 202)
        #expect(again.headers["Idempotency-Replayed"] == nil)
        #expect(kept.deliveries.withLock { $0.count } == 1)
    }

    @Test func `what is not signed, not known or not meant for a webhook is refused`() async throws {
        let kept = Kept()
        let desk = try desk(kept)
        #expect(try await post(desk, signed: false).status == 401)
        #expect(try await desk.send("POST", "/hooks/news/alert", key: nil, body: body).status == 401)
        #expect(try await post(desk, to: "/hooks/other/alert").status == 404)
        #expect(try await desk.send("GET", "/hooks/news/alert", key: nil).status == 405)
        #expect(try await FakeDesk().send("POST", "/hooks/news/alert", key: nil, body: body).status == 404)
        #expect(kept.deliveries.withLock { $0.isEmpty })
    }

    @Test func `the same message many times at once is kept once`() async throws {
        let kept = Kept()
        let desk = try desk(kept)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await post(desk).status } }
            for try await status in group { #expect(status == 202) }
        }
        #expect(kept.deliveries.withLock { $0.count } == 1)
    }
}
