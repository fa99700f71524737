import DeskCommands
import Determinism
import TradingDesk
import WorkflowModel

/// Backtests run by this process, one at a time and behind everything else, and kept as files of the home.
actor LocalBacktests: BacktestDesk {
    private struct Waiting {
        let id: String
        let work: BacktestWork
    }

    private let files: BacktestFiles
    private let settings: LoadedSettings
    private let time: any TimeSource
    private let sink: (any StreamSink)?
    private var waiting: [Waiting] = []
    private var cancelled: Set<String> = []
    /// Those under way or waiting, as they stand.
    private var open: [String: Value] = [:]
    private var isWorking = false
    private var told: Timestamp?
    /// The least time between two tellings of how much is done.
    private static let interval = Duration.milliseconds(250)

    /// The backtests of the settings' home; what a process that ended left undone is told as such.
    init(_ settings: LoadedSettings, time: any TimeSource, sink: (any StreamSink)? = nil) throws {
        self.settings = settings
        self.time = time
        self.sink = sink
        files = BacktestFiles(home: settings.home.path)
        for id in try files.names() {
            guard let kept = try files.read(id), kept["state"]?.text == "running" else { continue }
            let why = "the process ended before it was done; start it again under another name"
            try files.write(kept.with(["state": "failed", "error": .text(why)]), id)
        }
    }

    func start(_ request: Value, named id: String, by person: String) async throws {
        if try files.read(id) != nil { return }
        let work = BacktestWork(try BacktestRequest(request), settings)
        let item: Value = [
            "id": .text(id), "state": "running", "progress": 0, "request": request, "by": .text(person),
            "started_at": .text("\(time.now)"), "finished_at": .null, "error": .null, "figures": .null,
        ]
        try files.write(item, id)
        open[id] = item
        waiting.append(Waiting(id: id, work: work))
        publish(item)
        guard !isWorking else { return }
        isWorking = true
        Task(priority: .utility) { await self.workOff() }
    }

    func list() async throws -> [Value] {
        let kept = try files.names().compactMap { id in try open[id] ?? files.read(id) }
        let heads = kept.map { $0.with(["report": nil]) }
        return heads.sorted { ($0["started_at"]?.text ?? "") > ($1["started_at"]?.text ?? "") }
    }

    func report(_ id: String) async throws -> Value? {
        guard let item = try open[id] ?? files.read(id) else { return nil }
        return item.with(["report": nil]).with(item["report"]?.fields ?? [:])
    }

    func cancel(_ id: String) async throws -> Bool {
        guard open[id] != nil else { return false }
        return cancelled.insert(id).inserted
    }

    // MARK: - Work

    private func workOff() async {
        while !waiting.isEmpty {
            let next = waiting.removeFirst()
            let outcome: Result<Value?, any Error>
            do {
                outcome = .success(try await run(next))
            } catch {
                outcome = .failure(error)
            }
            end(next.id, outcome)
        }
        isWorking = false
    }

    /// Off this actor, which only hears of it now and then.
    @concurrent
    private nonisolated func run(_ next: Waiting) async throws -> Value? {
        var looked = time.now
        return try await next.work.run {
            let now = time.now
            guard now - looked >= LocalBacktests.pause else { return false }
            looked = now
            await Task.yield()
            return await self.isCancelled(next.id)
        } told: { share in
            if time.now - looked < LocalBacktests.pause / 2 { return }
            await self.tell(next.id, share)
        }
    }

    /// How long the work goes on before it looks up.
    private static let pause = Duration.milliseconds(20)

    private func isCancelled(_ id: String) -> Bool { cancelled.contains(id) }

    private func tell(_ id: String, _ share: Double) {
        let now = time.now
        if let told, now >= told, now - told < LocalBacktests.interval { return }
        told = now
        guard let item = open[id]?.with(["progress": .number(share)]) else { return }
        open[id] = item
        publish(item)
    }

    private func end(_ id: String, _ outcome: Result<Value?, any Error>) {
        guard let item = open.removeValue(forKey: id) else { return }
        cancelled.remove(id)
        var ended = item.with(["finished_at": .text("\(time.now)")])
        switch outcome {
        case .success(let report?):
            ended = ended.with([
                "state": "done", "progress": 1, "figures": report["figures"] ?? .null, "report": report,
            ])
        case .success(nil): ended = ended.with(["state": "cancelled"])
        case .failure(let error): ended = ended.with(["state": "failed", "error": .text("\(error)")])
        }
        do {
            try files.write(ended, id)
        } catch {
            // Kept in memory at least, so that whoever asks hears of both.
            open[id] = ended.with(["error": .text("the report cannot be kept: \(error)")])
        }
        publish(ended)
    }

    private func publish(_ item: Value) {
        guard let sink, sink.isWatched(.operations) else { return }
        let event: Value = [
            "id": item["id"] ?? .null, "kind": "backtest", "state": item["state"] ?? .null,
            "progress": item["progress"] ?? .null, "text": item["error"] ?? .null,
        ]
        guard let json = try? event.json() else { return }
        sink.publish(.operations, key: item["id"]?.text, json: json, at: time.now)
    }
}

extension Value {
    /// The same object with other fields; nil takes one away.
    fileprivate func with(_ changes: [String: Value?]) -> Value {
        var fields = fields ?? [:]
        for (name, value) in changes { fields[name] = value }
        return .object(fields)
    }
}
