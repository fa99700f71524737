import Foundation
import Networking
import ScratchFolders
import SocketClients
import Testing

@Suite struct `TLS of the server` {
    /// A certificate of its own making and its key.
    static func certificate(in folder: ScratchFolder, _ name: String = "cert") throws -> HTTPServerConfiguration.TLS {
        let files = HTTPServerConfiguration.TLS(
            certificatePath: folder.file("\(name).pem"), keyPath: folder.file("\(name).key"))
        let made = try run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
            files.keyPath, "-out", files.certificatePath)
        try #require(made.status == 0)
        return files
    }

    static func run(_ arguments: String..., input: [UInt8]? = nil) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let (output, text) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = text
        try process.run()
        if let input { try text.fileHandleForWriting.write(contentsOf: Data(input)) }
        if input == nil { try text.fileHandleForWriting.close() }
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    @Test func `serves over TLS, with requests kept alive and large answers`() async throws {
        let folder = try ScratchFolder()
        let tls = try `TLS of the server`.certificate(in: folder)
        let handler = TestHandler(atOnce: { request in
            request.path == "/big"
                ? HTTPResponse(
                    status: 200, headers: ["Content-Type": "application/octet-stream"],
                    body: .bytes([UInt8](repeating: 65, count: 3_000_000))) : .text("secure \(request.isSecure)\n")
        })
        try await withServer(handler, configure: { $0.tls = tls }) { server in
            let base = "https://127.0.0.1:\(server.port)"
            let small = try `TLS of the server`.run("curl", "-sS", "--cacert", tls.certificatePath, base, base + "/b")
            #expect(small.output == "secure true\nsecure true\n")
            #expect(comesTrue { server.statistics.connectionsAccepted == 1 })
            let big = try `TLS of the server`.run("curl", "-sS", "--cacert", tls.certificatePath, base + "/big")
            #expect(big.output.utf8.count == 3_000_000)
        }
    }

    @Test func `opens WebSockets over TLS`() async throws {
        let folder = try ScratchFolder()
        let tls = try `TLS of the server`.certificate(in: folder)
        try await withServer(configure: { $0.tls = tls }) { server in
            let opening =
                "GET /socket HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            let frames = WebSocketClient.frame(1, Array("hello".utf8)) + WebSocketClient.frame(1, Array("bye".utf8))
            let talk = try `TLS of the server`.run(
                "openssl", "s_client", "-quiet", "-connect", "127.0.0.1:\(server.port)",
                input: Array(opening.utf8) + frames)
            #expect(talk.output.hasPrefix("HTTP/1.1 101"))
            #expect(talk.output.contains("\u{5}hello"))
            #expect(talk.output.hasSuffix("bye"))
        }
    }

    @Test func `goes on after handshakes that fail, stall or end`() async throws {
        let folder = try ScratchFolder()
        let tls = try `TLS of the server`.certificate(in: folder)
        let configure: @Sendable (inout HTTPServerConfiguration) -> Void = {
            $0.tls = tls
            $0.headerTimeout = .seconds(1)
        }
        try await withServer(configure: configure) { server in
            for _ in 0..<20 {
                let plain = try TestClient(port: server.port)
                plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try plain.readToEnd()
                let cut = try TestClient(port: server.port)
                cut.send([0x16, 0x03, 0x01, 0x02])
            }
            let stalled = try TestClient(port: server.port)
            stalled.send([0x16, 0x03, 0x01, 0x02])
            #expect(try stalled.isClosedByServer())
            #expect(comesTrue { server.statistics.connectionsOpen == 0 })
            let answer = try `TLS of the server`.run(
                "curl", "-sS", "--cacert", tls.certificatePath, "https://127.0.0.1:\(server.port)/after")
            #expect(answer.output == "GET /after 0")
        }
    }

    @Test func `says which file of the certificate is wrong`() throws {
        let folder = try ScratchFolder()
        let good = try `TLS of the server`.certificate(in: folder)
        let other = try `TLS of the server`.certificate(in: folder, "other")
        try Data("text".utf8).write(to: URL(fileURLWithPath: folder.file("text")))
        let cases: [(HTTPServerConfiguration.TLS, String)] = [
            (.init(certificatePath: folder.file("none"), keyPath: good.keyPath), "none cannot be read"),
            (.init(certificatePath: folder.file("text"), keyPath: good.keyPath), "text holds no certificate"),
            (.init(certificatePath: good.certificatePath, keyPath: folder.file("text")), "text holds no private key"),
            (.init(certificatePath: good.certificatePath, keyPath: other.keyPath), "is not the key of the certificate"),
        ]
        for (tls, words) in cases {
            var configuration = HTTPServerConfiguration()
            configuration.tls = tls
            let error = #expect(throws: NetworkingError.self) {
                try HTTPServer(configuration, handler: TestHandler())
            }
            #expect(error?.code == .badCertificate)
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
    }
}
