import Determinism
import WorkflowKills

/// Whoever asks workers for runs, one after the other, and remembers what was acknowledged.
struct KillClient {
    /// Something that was asked for.
    struct Request {
        let line: String
        /// What the run follows; nil for a message.
        let plan: KillPlan?
    }

    /// How many requests may wait for their answer.
    private static let mostWaiting = 32

    /// Everything that was asked for, by name.
    private(set) var requests: [String: Request] = [:]
    /// The names of what was acknowledged.
    private(set) var acknowledged: Set<String> = []
    /// How many workers were killed.
    private(set) var kills = 0
    /// How often something was asked for again since nobody knew whether it was there.
    private(set) var repeats = 0
    /// What the worker has not answered yet.
    private var waiting: Set<String> = []
    /// What no worker has answered and is to be asked for again.
    private var unsure: [String] = []
    private var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    /// Starts a worker, asks it for more and more and kills it; false where it ended by itself.
    mutating func killOne(in folder: String) throws -> Bool {
        let worker = try WorkerProcess(in: folder)
        let clock = ContinuousClock()
        // One in four dies while it opens its files, the others once they listen.
        if random.next() % 4 != 0 { read(from: worker, untilItSays: "ready") }
        let end = clock.now + .milliseconds(5 + Int(random.next() % 146))
        while clock.now < end, !worker.hasEnded { _ = feed(worker) }
        guard let said = worker.kill() else { return false }
        hear(said)
        kills += 1
        // Who gets no answer asks again or lets it be.
        unsure += waiting.sorted().filter { _ in random.next() % 2 == 0 }
        waiting = []
        return true
    }

    /// Starts a last worker, which does all that is left; nil where it does not come to an end, else its exit status.
    mutating func finish(in folder: String) throws -> Int32? {
        let worker = try WorkerProcess(in: folder)
        read(from: worker, untilItSays: "ready")
        while !unsure.isEmpty, feed(worker) {}
        guard feed(worker), worker.ask("finish") else { return worker.status() }
        guard read(from: worker, untilItSays: "done") || worker.hasEnded else {
            _ = worker.kill()
            return nil
        }
        return worker.status()
    }

    /// Takes a chain for acknowledged that no worker was ever asked for.
    mutating func claim(_ name: String) {
        requests[name] = Request(line: "start \(name) chain", plan: .chain)
        acknowledged.insert(name)
    }

    /// Asks for one thing more, unless too many wait, and listens for a while; false where nobody listens.
    private mutating func feed(_ worker: WorkerProcess) -> Bool {
        if waiting.count < KillClient.mostWaiting {
            if !unsure.isEmpty { repeats += 1 }
            let name = unsure.popLast() ?? newName()
            if acknowledged.contains(name) { return true }
            waiting.insert(name)
            guard let request = requests[name], worker.ask(request.line) else { return false }
        }
        hear(worker.lines(within: 2))
        return !worker.hasEnded
    }

    private mutating func newName() -> String {
        let number = requests.count
        let plans: [KillPlan?] = [.chain, .diamond, .saga, nil]
        let plan = plans[Int(random.next() % 4)]
        let name = "\(plan?.rawValue ?? "message")-\(number)"
        requests[name] = Request(line: plan.map { "start \(name) \($0.rawValue)" } ?? "send \(name)", plan: plan)
        return name
    }

    private mutating func hear(_ lines: [String]) {
        for line in lines where line.hasPrefix("ok ") {
            acknowledged.insert(String(line.dropFirst(3)))
            waiting.remove(String(line.dropFirst(3)))
        }
    }

    /// Listens for up to two minutes; false where the word was not said.
    @discardableResult
    private mutating func read(from worker: WorkerProcess, untilItSays word: String) -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(120)
        while clock.now < end, !worker.hasEnded {
            let lines = worker.lines(within: 100)
            hear(lines)
            if lines.contains(word) { return true }
        }
        return false
    }
}
