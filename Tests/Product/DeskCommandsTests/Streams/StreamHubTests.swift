import Determinism
import Foundation
import Synchronization
import Testing
import WorkflowModel

@testable import DeskCommands

@Suite struct `Stream hub` {
    private let time = ManualTime(at: Timestamp(nanoseconds: 1_000_000_000))

    private func hub(_ change: (inout StreamHub.Limits) -> Void = { _ in }) -> StreamHub {
        var limits = StreamHub.Limits()
        change(&limits)
        return StreamHub(epoch: "e1", time: time, limits: limits)
    }

    private func sequences(_ frame: StreamFrame) throws -> [Int64] {
        guard let bytes = frame.bytes else { return [] }
        return try Value(json: bytes)["events"]?.list?.compactMap { $0["sequence"]?.integer } ?? []
    }

    private func publish(_ hub: StreamHub, _ topic: StreamTopic, _ count: Int, key: String? = nil) {
        for number in 0..<count { hub.publish(topic, key: key, json: Array("{\"n\":\(number)}".utf8), at: time.now) }
    }

    @Test func `a watcher reads what was published after it came, in order`() throws {
        let hub = hub()
        _ = hub.watch(.init([.fills])) {}
        let start = hub.sequence
        publish(hub, .fills, 3)
        hub.tick()
        let frame = hub.frame(after: start, of: .init([.fills]))
        #expect(try sequences(frame) == [2, 3, 4])
        #expect(frame.next == 4)
        #expect(hub.frame(after: 4, of: .init([.fills])).bytes == nil)
        let event = try Value(json: frame.bytes ?? [])["events"]?[0]
        #expect(event?["topic"] == "fills")
        #expect(event?["time"] == "1970-01-01T00:00:01Z")
        #expect(event?["data"] == ["n": 0])
    }

    @Test func `what happened together comes together, without what nobody watches`() throws {
        let hub = hub()
        _ = hub.watch(.init([.fills, .risk])) {}
        let start = hub.sequence
        let items = [StreamTopic.fills, .quotes, .risk].map { StreamItem($0, json: Array("{}".utf8)) }
        hub.publish(items, at: time.now)
        hub.tick()
        let frame = hub.frame(after: start, of: .all)
        #expect(try Value(json: frame.bytes ?? [])["events"]?.list?.map { $0["topic"] } == ["fills", "risk"])
        #expect(frame.count == 2)
    }

    @Test func `nothing is read before the tick that releases it`() {
        let hub = hub()
        _ = hub.watch(.all) {}
        let start = hub.sequence
        publish(hub, .fills, 1)
        #expect(hub.frame(after: start, of: .all).bytes == nil)
        hub.tick()
        #expect(hub.frame(after: start, of: .all).count == 1)
    }

    @Test func `of quotes of one symbol the newest stands for all`() throws {
        let hub = hub()
        _ = hub.watch(.all) {}
        let start = hub.sequence
        publish(hub, .quotes, 5, key: "AAPL")
        publish(hub, .fills, 1)
        publish(hub, .quotes, 2, key: "MSFT")
        hub.tick()
        #expect(try sequences(hub.frame(after: start, of: .all)) == [start + 5, start + 6, start + 8].map(Int64.init))
    }

    @Test func `events of topics that nobody watches are not kept`() {
        let hub = hub()
        #expect(!hub.isWatched(.quotes))
        publish(hub, .quotes, 10)
        #expect(hub.newest == 0)
        _ = hub.watch(.init([.fills])) {}
        #expect(hub.isWatched(.fills) && !hub.isWatched(.quotes))
    }

    @Test func `whoever reads too slowly is told what was lost`() {
        let hub = hub { $0.events = 4 }
        _ = hub.watch(.init([.fills, .orders])) {}
        let start = hub.sequence
        publish(hub, .fills, 6)
        hub.tick()
        let frame = hub.frame(after: start, of: .init([.fills]))
        #expect(frame.missed == start + 1...start + 6)
        #expect(frame.next == start + 6)
        #expect(frame.bytes == nil)
        #expect(hub.frame(after: start, of: .init([.orders])).missed == nil)
    }

    @Test func `old quotes that newer ones stand for are no loss`() {
        let hub = hub { $0.events = 4 }
        _ = hub.watch(.all) {}
        let start = hub.sequence
        publish(hub, .quotes, 20, key: "AAPL")
        hub.tick()
        let frame = hub.frame(after: start, of: .init([.quotes]))
        #expect(frame.missed == nil)
        #expect(frame.count == 1)
    }

    @Test func `a size bound lets old events go`() {
        let hub = hub { $0.bytes = 2_000 }
        _ = hub.watch(.all) {}
        let start = hub.sequence
        for _ in 0..<5 { hub.publish(.log, key: nil, json: [UInt8](repeating: 0x20, count: 900), at: time.now) }
        hub.tick()
        #expect(hub.frame(after: start, of: .all).missed != nil)
        #expect(hub.frame(after: start + 4, of: .all).count == 1)
    }

    @Test func `a full frame ends where the next begins`() throws {
        let hub = hub { $0.frame = 300 }
        _ = hub.watch(.all) {}
        var cursor = hub.sequence
        publish(hub, .fills, 20)
        hub.tick()
        var read: [Int64] = []
        while case let frame = hub.frame(after: cursor, of: .all), frame.next > cursor {
            #expect((frame.bytes?.count ?? 0) < 600)
            read += try sequences(frame)
            cursor = frame.next
        }
        #expect(read == Array(11...30))
    }

    @Test func `coming back after nobody watched a topic tells that something may be lost`() {
        let hub = hub { $0.grace = .seconds(10) }
        let watch = hub.watch(.init([.fills])) {}
        publish(hub, .fills, 1)
        hub.tick()
        let cursor = hub.sequence
        hub.leave(watch)
        time.advance(by: .seconds(5))
        publish(hub, .fills, 1)
        hub.tick()
        #expect(hub.frame(after: cursor, of: .init([.fills])).count == 1)
        time.advance(by: .seconds(6))
        hub.tick()
        #expect(!hub.isWatched(.fills))
        publish(hub, .fills, 1)
        _ = hub.watch(.init([.fills])) {}
        #expect(hub.frame(after: cursor, of: .init([.fills])).missed != nil)
    }

    @Test func `watchers are woken once per tick, and only those whom it concerns`() async throws {
        let hub = hub()
        let woken = Mutex<[String]>([])
        _ = hub.watch(.init([.fills])) { woken.withLock { $0.append("fills") } }
        _ = hub.watch(.init([.log])) { woken.withLock { $0.append("log") } }
        let ticking = Task { try await hub.run() }
        publish(hub, .fills, 100)
        let deadline = await time.nextDeadline()
        #expect(deadline == time.now + .milliseconds(20))
        #expect(woken.withLock { $0 } == ["fills"])
        publish(hub, .fills, 100)
        #expect(woken.withLock { $0.count } == 1)
        time.advance(to: deadline)
        _ = await time.nextDeadline()
        #expect(woken.withLock { $0 } == ["fills", "fills"])
        ticking.cancel()
        _ = await ticking.result
    }

    @Test func `all who stand at the same place share one frame`() {
        let hub = hub()
        _ = hub.watch(.all) {}
        let start = hub.sequence
        publish(hub, .fills, 3)
        hub.tick()
        let first = hub.frame(after: start, of: .all)
        let second = hub.frame(after: start, of: .all)
        let isShared = first.bytes?.withUnsafeBufferPointer { one in
            second.bytes?.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
        }
        #expect(isShared == true)
    }
}
