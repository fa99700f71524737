import Foundation

/// The faces from outside: the release binary, asked over loopback by programs of their own.
enum ServerSuite {
    private static let settings = """
        simulation: {instruments: 150, bar_length: 1m, speed: 600}
        server: {rate_limit: 1000000}
        """

    static func run() throws -> [Measurement] {
        try reads() + streams() + idle()
    }

    /// What `GET /api/portfolio` of a running desk gives at 1, 64 and 256 connections.
    private static func reads() throws -> [Measurement] {
        let desk = try ServingDesk([], configuration: "server: {rate_limit: 1000000}")
        defer { desk.stop() }
        var found: [Measurement] = []
        for connections in [1, 64, 256] {
            let url = "http://127.0.0.1:\(desk.port)/api/portfolio"
            var runs: [LoadTool] = []
            for _ in 0..<3 {
                guard let run = try LoadTool.run(url, key: desk.key, connections: connections, seconds: 5) else {
                    print("server.reads_per_second not measured: wrk is not installed (Debian: wrk)")
                    return []
                }
                runs.append(run)
            }
            found.append(
                Measurement("server.reads_per_second.\(connections)", "1/s", of: runs.map(\.requestsPerSecond)))
            found.append(Measurement("server.read.p99.\(connections)", "ms", of: runs.map(\.p99)))
        }
        return found
    }

    /// 150 instruments, ten updates a second each, to 200 clients: from an event to the client that reads it.
    private static func streams() throws -> [Measurement] {
        let desk = try ServingDesk(["--strategy", "cross"], configuration: settings)
        defer { desk.stop() }
        var listeners = StreamListeners()
        for _ in 0..<200 { try listeners.add(StreamClient(port: desk.port, key: desk.key, topics: ["quotes"])) }
        defer { listeners.close() }
        // The simulated exchange opens at 9:30, a minute after midnight at this speed.
        for _ in 0..<120 where listeners.events == 0 { listeners.listen(seconds: 1) }
        listeners.listen(seconds: 2)
        listeners.forget()
        listeners.listen(seconds: 10)
        return [
            Measurement("stream.200.p50", "ms", of: [percentile(0.5, listeners.delays)]),
            Measurement("stream.200.p99", "ms", of: [percentile(0.99, listeners.delays)]),
            Measurement("stream.200.updates_per_second", "1/s", of: [Double(listeners.events) / 10]),
            Measurement("stream.200.missed", "", of: [Double(listeners.missed)]),
            Measurement("stream.200.ended", "", of: [Double(listeners.ended)]),
        ]
    }

    /// What 500 connections that say nothing cost.
    private static func idle() throws -> [Measurement] {
        let desk = try ServingDesk([], configuration: "{simulation: {speed: 60}, server: {rate_limit: 1000000}}")
        defer { desk.stop() }
        Thread.sleep(forTimeInterval: 2)
        let before = desk.megabytes
        var clients: [StreamClient] = []
        for _ in 0..<500 { clients.append(try StreamClient(port: desk.port, key: desk.key, topics: [])) }
        Thread.sleep(forTimeInterval: 2)
        let after = desk.megabytes
        for client in clients { client.close() }
        return [
            Measurement("server.idle500.memory", "MB", of: [after]),
            Measurement("server.idle500.added", "MB", of: [after - before]),
        ]
    }
}
