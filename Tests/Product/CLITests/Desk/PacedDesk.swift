import DeskCommands
import Determinism
import MarketData
import ScratchFolders
import Synchronization
import TradingDesk
import TradingModel

@testable import CLI

/// A small desk whose market passes at a pace, on a clock that the test moves.
struct PacedDesk: Sendable {
    let desk: SmallDesk
    let home: ScratchFolder
    let clock = ManualTime(at: Timestamp(CivilDate(daysSinceEpoch: 20_000)))
    let stored: StoredRun
    let live: LiveDesk
    private let isStopped = Flag()
    private let isDone = Flag()

    /// Something that is said once.
    private final class Flag: Sendable {
        let value = Mutex(false)
    }

    init(days: Int = 6, sink: (any StreamSink)? = nil) throws {
        desk = try SmallDesk(days: days)
        home = try ScratchFolder()
        stored = try desk.stored(home.path)
        live = LiveDesk(desk.plan, stored, speed: 1, process: 4711, time: clock, sink: sink)
    }

    /// Runs the desk at a clock's pace beside `body`, then stops it.
    func run(speed: Double? = 1, _ body: () async throws -> Void) async throws {
        let task = Task { [self] in
            defer { isDone.value.withLock { $0 = true } }
            let feed = desk.feed
            let history = desk.plan.universe.ids.map {
                InstrumentHistory($0, feed.history(of: $0, count: desk.plan.warmUpBars))
            }
            var runner = try DeskRunner(
                desk.plan, stored, feed: feed, history: history, news: NewsArchive([]).headlines(after:through:),
                speed: speed, clock: clock, live: live, isStopped: { isStopped.value.withLock { $0 } })
            _ = try await runner.run(QuietDisplay())
        }
        try await body()
        isStopped.value.withLock { $0 = true }
        while !isDone.value.withLock({ $0 }) {
            clock.advance(by: .milliseconds(100))
            await Task.yield()
        }
        try await task.value
    }

    /// Moves the clock to where somebody waits.
    func step() async { clock.advance(to: await clock.nextDeadline()) }
}

/// Keeps what is published; nothing where nobody is said to follow.
final class CollectingSink: StreamSink {
    let events = Mutex<[StreamItem]>([])
    let topics: Set<StreamTopic>

    init(_ topics: Set<StreamTopic>) {
        self.topics = topics
    }

    func publish(_ items: [StreamItem], at time: Timestamp) {
        events.withLock { $0 += items }
    }

    func isWatched(_ topic: StreamTopic) -> Bool { topics.contains(topic) }
}
