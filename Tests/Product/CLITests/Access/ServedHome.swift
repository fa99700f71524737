import Access
import DeskCommands
import Determinism
import Foundation
import Networking
import ScratchFolders
import Server
import Telemetry
import WorkflowModel

@testable import CLI

/// A home that a server of this process serves, as terminals and programs see it.
struct ServedHome: Sendable {
    let folder: ScratchFolder
    let store: AccessStore
    let url: String

    /// Serves a home while a body runs on a thread of its own, since terminals and sockets wait.
    static func serving(_ body: @escaping @Sendable (ServedHome) throws -> Void) async throws {
        let (folder, time) = (try ScratchFolder(), SystemTime())
        let store = try AccessStore(home: folder.path, time: time)
        let token = Held()
        let service = CommandService(try NoDesk.services(time, store), ledger: store.ledger)
        let parts = ServerParts(
            commands: service, gate: AccessGate(store, log: .silent) { token.value },
            hub: StreamHub(epoch: "e", time: time), time: time, metrics: MetricRegistry(), log: .silent, seed: 7)
        var configuration = ServerConfiguration()
        configuration.port = 0
        let server = try DeskServer(configuration, parts)
        let local = try LocalToken.publish(url: server.url, home: folder.path)
        token.value = local
        let running = Task { try await server.run() }
        let home = ServedHome(folder: folder, store: store, url: server.url)
        let result = await withCheckedContinuation { (done: CheckedContinuation<Result<Void, any Error>, Never>) in
            Thread { done.resume(returning: Result { try body(home) }) }.start()
        }
        running.cancel()
        _ = await running.result
        try local.withdraw(home: folder.path)
        try result.get()
    }

    /// What the built program says on this home.
    func run(_ words: String...) throws -> Binary.Outcome { try Binary.run(words, home: folder.path) }

    /// What the server answers.
    func ask(
        _ method: String, _ target: String, _ headers: [(String, String)] = [], _ body: Value? = nil
    ) throws -> (status: Int, headers: [String: String], value: Value) {
        guard let http = WebClient(local: url) else { throw CommandFailure("\(url) is not of this machine") }
        let bytes = try body?.json() ?? []
        let all =
            headers.map { (name: $0.0, value: $0.1) } + (body == nil ? [] : [("Content-Type", "application/json")])
        let answer = try http.send(method, target, headers: all, body: bytes)
        return (answer.status, answer.headers, (try? Value(json: answer.body)) ?? .null)
    }
}
