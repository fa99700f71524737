import Foundation
import Glibc
import Networking
import ScratchFolders
import Synchronization
import Testing

@Suite struct WebPostTests {
    @Test(
        arguments: [
            ("https://hooks.example/T0KEN?x=1", "hooks.example", 443, true, false),
            ("http://127.0.0.1:9000", "127.0.0.1", 9000, false, true),
            ("HTTP://LocalHost/a", "localhost", 80, false, true),
            ("http://[::1]:8080/a", "::1", 8080, false, true),
            ("http://127.0.0.1.evil.example/a", "127.0.0.1.evil.example", 80, false, false),
        ] as [(String, String, UInt16, Bool, Bool)])
    func `an address tells its machine`(
        _ text: String, _ host: String, _ port: UInt16, _ isSecure: Bool, _ isLocal: Bool
    ) throws {
        let address = try #require(WebAddress(text))
        #expect((address.host, address.port) == (host, port))
        #expect((address.isSecure, address.isLocal) == (isSecure, isLocal))
    }

    @Test(arguments: ["", "ftp://a/b", "https://", "a", "http://:80/", "https://a:99999/"])
    func `what is no address of the web is none`(_ text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test func `what may be a key in an address is known`() throws {
        let address = try #require(WebAddress("https://u:p@hooks.example/services/T00000000000/abc?token=0123456789ab"))
        #expect(address.secrets.contains("T00000000000") && address.secrets.contains("0123456789ab"))
        #expect(address.secrets.contains("/services/T00000000000/abc?token=0123456789ab"))
    }

    /// Bodies that a server was sent.
    private final class Inbox: Sendable {
        let requests = Mutex<[(path: String, body: String, type: String?, key: String?)]>([])

        func handler(status: Int = 204) -> TestHandler {
            TestHandler(atOnce: { request in
                self.requests.withLock {
                    $0.append(
                        (
                            request.path, String(decoding: request.body, as: UTF8.self),
                            request.headers["Content-Type"], request.headers["Idempotency-Key"]
                        ))
                }
                return HTTPResponse(status: status, headers: [:], body: .bytes([]))
            })
        }
    }

    /// Blocks until something is sent.
    private func send(
        _ url: String, authorities: String? = nil, headers: [(name: String, value: String)] = []
    ) -> Result<Int, WebClient.Failure> {
        guard let address = WebAddress(url) else { return .failure(.init(message: "no address")) }
        let box = Mutex<Result<Int, WebClient.Failure>>(.failure(.init(message: "nothing came")))
        let done = Signal()
        Task.detached {
            do {
                let post = WebPost(WebClient(address, patience: 5, authorities: authorities))
                let status = try await post.send(Array(#"{"a":1}"#.utf8), headers: headers)
                box.withLock { $0 = .success(status) }
            } catch {
                box.withLock { $0 = .failure(error as? WebClient.Failure ?? .init(message: "\(error)")) }
            }
            done.raise()
        }
        _ = done.wait()
        return box.withLock { $0 }
    }

    @Test func `a document arrives with its headers, and the status comes back`() async throws {
        let inbox = Inbox()
        try await withServer(inbox.handler()) { server in
            let result = send(
                "http://127.0.0.1:\(server.port)/in", headers: [("Idempotency-Key", "one\r\nX: y")])
            #expect(result == .success(204))
        }
        let found = try #require(inbox.requests.withLock { $0.first })
        #expect(found.path == "/in" && found.body == #"{"a":1}"# && found.type == "application/json")
        #expect(found.key == "oneX: y")
        let refusing = Inbox()
        try await withServer(refusing.handler(status: 503)) { server in
            #expect(send("http://127.0.0.1:\(server.port)/") == .success(503))
        }
    }

    @Test func `over TLS only a trusted certificate of that very machine is spoken to`() async throws {
        let folder = try ScratchFolder()
        let tls = try `TLS of the server`.certificate(in: folder)
        let inbox = Inbox()
        try await withServer(inbox.handler(), configure: { $0.tls = tls }) { server in
            let path = tls.certificatePath
            #expect(send("https://localhost:\(server.port)/T0KEN", authorities: path) == .success(204))
            #expect(send("https://127.0.0.1:\(server.port)/T0KEN", authorities: path) == .success(204))
            for (url, certificates) in [
                ("https://localhost:\(server.port)/T0KEN", nil), ("https://127.0.0.2:\(server.port)/T0KEN", path),
            ] {
                guard case .failure(let failure) = send(url, authorities: certificates) else {
                    Issue.record("\(url) was trusted")
                    continue
                }
                #expect(!failure.message.contains("T0KEN"))
            }
        }
        #expect(inbox.requests.withLock { $0.count } == 2)
    }

    @Test func `who stops waiting need not wait for an answer that never comes`() async throws {
        // A port that takes connections into its queue and never answers.
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> UInt16 in
                guard bind(listener, address, size) == 0, listen(listener, 4) == 0 else { return 0 }
                getsockname(listener, address, &size)
                return UInt16(bigEndian: pointer.pointee.sin_port)
            }
        }
        let address = try #require(WebAddress("http://127.0.0.1:\(port)/"))
        let sending = Task { try await WebPost(WebClient(address, patience: 60)).send([]) }
        for _ in 0..<10 { await Task.yield() }
        sending.cancel()
        let result = await sending.result
        #expect(throws: CancellationError.self) { try result.get() }
    }

    @Test func `a machine that nobody answers on is told by its name alone`() async throws {
        let address = try #require(WebAddress("http://127.0.0.1:1/T0KEN"))
        let post = WebPost(WebClient(address, patience: 5))
        let failure = await #expect(throws: WebClient.Failure.self) { try await post.send([]) }
        #expect(failure?.message == "127.0.0.1 does not answer on port 1")
    }
}
