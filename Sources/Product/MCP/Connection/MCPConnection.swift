import DeskCommands
import Determinism
import WorkflowModel

/// Where a conversation's messages go.
protocol MCPOutlet: Sendable {
    /// Takes a message; returns when it is sent or kept to be sent.
    func send(_ message: Outgoing) async
    /// The client took a request back, so that nothing will answer it.
    func abandon(_ id: RequestID) async
}

extension MCPOutlet {
    /// Does nothing: where messages go one after the other, nobody waits for this one.
    func abandon(_ id: RequestID) async {}
}

/// One conversation at work: hands messages to its session, does what that wants, and hands back what it came to.
actor MCPConnection {
    private var session: MCPSession
    private let runner: JobRunner
    private let outlet: any MCPOutlet
    private var tasks: [UInt64: Task<Void, Never>] = [:]
    private var waiter: CheckedContinuation<Void, Never>?

    /// A conversation with a caller; `id` must be one that nobody can guess.
    init(id: String, caller: Caller, services: MCPServices, outlet: any MCPOutlet) {
        session = services.session(id, for: caller)
        runner = JobRunner(services: services, tools: session.tools, caller: caller)
        self.outlet = outlet
    }

    /// Takes a message in; returns when what could be answered at once was sent, while work goes on.
    func receive(_ bytes: [UInt8]) async {
        await perform(session.receive(bytes))
    }

    /// Tells the client of a message that could not be taken in at all.
    func refuse(_ error: RPCError) async {
        await outlet.send(Outgoing(RPCReply.error(error, to: nil), answering: nil))
    }

    /// Whether anything is under way.
    var isBusy: Bool { !tasks.isEmpty }

    /// Waits until all work is done, so long at most, then ends what is left.
    func drain(within bound: Duration) async {
        if !tasks.isEmpty {
            let time = runner.services.time
            let timer = Task { [weak self] in
                guard (try? await time.sleep(for: bound)) != nil else { return }
                await self?.stopWaiting()
            }
            await withCheckedContinuation { waiter = $0 }
            timer.cancel()
        }
        close()
    }

    /// Ends all work.
    func close() {
        for task in tasks.values { task.cancel() }
    }

    private func perform(_ actions: [SessionAction]) async {
        for action in actions {
            switch action {
            case .send(let message): await outlet.send(message)
            case .start(let ticket, let job): tasks[ticket.number] = Task { await work(on: job, ticket) }
            case .cancel(let ticket):
                tasks[ticket.number]?.cancel()
                await outlet.abandon(ticket.id)
            }
        }
    }

    private func work(on job: Job, _ ticket: Ticket) async {
        let outcome = await runner.run(job) { [weak self] progress in await self?.report(progress, ticket) }
        await perform(session.finish(ticket, with: outcome))
        tasks[ticket.number] = nil
        if tasks.isEmpty { stopWaiting() }
    }

    private func report(_ progress: JobProgress, _ ticket: Ticket) async {
        await perform(session.progressed(ticket, to: progress))
    }

    private func stopWaiting() {
        waiter?.resume()
        waiter = nil
    }
}
