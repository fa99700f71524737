import DeskCommands
import Determinism
import Synchronization
import TradingDesk
import TradingModel
import Triggers

/// The desk that runs in this process, as commands see it.
///
/// The runner leaves pictures here, twenty a second at most; readers take them without touching the running desk.
final class LiveDesk: DeskSource {
    struct Box {
        var picture: DeskPicture?
        var candles: CandleBook
        var activity = DeskPicture.Activity.running
        /// Whether something was asked for in this process and not looked at yet.
        var isAsked = false
        /// When the last picture was made.
        var published: Timestamp?
        var stream: DeskStream
    }

    let plan: DeskPlan
    let run: String
    let process: Int32?
    let started: Timestamp?
    let speed: Double?
    let sink: (any StreamSink)?
    let box: Mutex<Box>
    /// What triggers of workflows may fire at; the oldest is dropped where nobody keeps up.
    let observations: AsyncStream<Observation>
    private let observers: AsyncStream<Observation>.Continuation
    private let requests: DeskRequests
    private let time: any TimeSource
    /// The least time between two pictures.
    private static let interval = Duration.milliseconds(50)

    /// The desk of a stored run that this process is about to run.
    init(
        _ plan: DeskPlan, _ stored: StoredRun, speed: Double?, process: Int32, time: any TimeSource,
        sink: (any StreamSink)? = nil
    ) {
        self.plan = plan
        run = stored.folder.run
        (self.process, started, self.speed) = (process, time.now, speed)
        self.sink = sink
        self.time = time
        requests = stored.requests
        (observations, observers) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4096))
        box = Mutex(Box(candles: CandleBook(instruments: plan.universe.count), stream: DeskStream(plan, run: run)))
    }

    func picture() -> DeskPicture? { box.withLock { $0.picture } }

    func bars(of symbol: Symbol, limit: Int) -> [Bar]? {
        guard let id = plan.universe.id(of: symbol) else { return nil }
        return box.withLock { $0.candles.last(limit, of: id) }
    }

    func ask(_ request: DeskRequest, by person: String, key: String) throws -> DeskReceipt {
        try request.check(plan.universe)
        let receipt = try requests.ask(request, by: person, key: key, at: time.now, isHeard: isRunning)
        box.withLock { $0.isAsked = true }
        return receipt
    }

    func pending() throws -> [DeskReceipt] { try requests.pending(isHeard: isRunning) }

    private var isRunning: Bool { box.withLock { $0.activity == .running } }
}

// MARK: - What the runner tells

extension LiveDesk {
    /// Whether something was asked for in this process since this was last looked at.
    var isAsked: Bool {
        box.withLock { box in
            defer { box.isAsked = false }
            return box.isAsked
        }
    }

    /// The run begins, or goes on, with this state.
    func begin(_ state: DeskState, history: [InstrumentHistory]) {
        box.withLock { box in
            for past in history { box.candles.add(past.bars, of: past.instrument) }
            for id in plan.universe.ids {
                box.candles.add(state.bars(of: id, limit: CandleBook.limit), of: id)
            }
        }
        publish(state)
    }

    /// A moment was handled; one that is known happened before and is only made again.
    func handled(_ market: [MarketEvent], _ told: [DeskEvent], _ state: DeskState, isKnown: Bool) {
        let now = time.now
        let isDue = box.withLock { box in
            box.candles.add(market)
            for event in told { box.stream.note(event) }
            guard !isKnown, let last = box.published else { return !isKnown }
            return now < last || now - last >= LiveDesk.interval
        }
        if !isKnown { stream(told, at: now) }
        if isDue { publish(state) }
    }

    /// Shows triggers of workflows what became known at a moment.
    func observed(_ market: [MarketEvent], _ headlines: [Headline]) {
        for case .bar(let id, let bar) in market {
            let seen = ObservedBar(
                symbol: plan.universe.symbol(id).name, open: bar.open.double, high: bar.high.double,
                low: bar.low.double, close: bar.close.double, volume: bar.volume)
            observers.yield(.bar(seen))
        }
        for headline in headlines {
            let seen = ObservedNews(
                headline.title, source: headline.source, symbols: headline.symbols.map(\.name))
            observers.yield(.news(seen))
        }
    }

    /// Makes a picture now.
    func publish(_ state: DeskState) {
        let activity = box.withLock { $0.activity }
        let picture = DeskPicture(plan, state, run: run, activity: activity)
        let now = time.now
        box.withLock { ($0.picture, $0.published) = (picture, now) }
        stream(picture, at: now)
    }

    /// The run came to its end, or is left to be gone on with.
    func end(_ state: DeskState, _ activity: DeskPicture.Activity) {
        box.withLock { $0.activity = activity }
        observers.finish()
        publish(state)
    }
}
