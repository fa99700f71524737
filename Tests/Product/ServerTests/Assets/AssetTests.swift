import Foundation
import Gunzip
import Networking
import ScratchFolders
import Testing

@testable import Server

@Suite struct `Dashboard files` {
    @Test func `a file of the folder is in the binary as it is`() async throws {
        let desk = try FakeDesk()
        let reply = try await desk.send("GET", "/assets/robots.txt", key: nil)
        #expect(reply.status == 200 && reply.isAtOnce)
        #expect(reply.text == "User-agent: *\nDisallow: /\n")
        #expect(reply.headers["Content-Type"] == "text/plain; charset=utf-8")
        let tag = try #require(reply.headers["ETag"])
        let again = try await desk.send("GET", "/assets/robots.txt", key: nil, headers: [("If-None-Match", tag)])
        #expect(again.status == 304 && again.bytes.isEmpty)
    }

    @Test func `a folder serves what it holds now, packed for those who take it`() async throws {
        let folder = try ScratchFolder()
        let text = String(repeating: "let a = 'ü';\n", count: 200)
        try text.write(toFile: folder.file("app.js"), atomically: true, encoding: .utf8)
        let desk = try FakeDesk(configure: { $0.assetFolder = folder.path })
        let plain = try await desk.send("GET", "/assets/app.js", key: nil)
        #expect(plain.text == text)
        #expect(plain.headers["Content-Type"] == "text/javascript; charset=utf-8")
        #expect(plain.headers["Cache-Control"] == "no-cache")
        let packed = try await desk.send("GET", "/assets/app.js", key: nil, headers: [("Accept-Encoding", "br, gzip")])
        #expect(packed.headers["Content-Encoding"] == "gzip")
        #expect(packed.bytes.count < plain.bytes.count)
        #expect(packed.headers["Vary"] == "Accept-Encoding")
        try "other".write(toFile: folder.file("app.js"), atomically: true, encoding: .utf8)
        #expect(try await desk.send("GET", "/assets/app.js", key: nil).text == "other")
    }

    @Test(arguments: [
        "/assets/%2e%2e%2fsecret", "/assets/..%2fsecret", "/assets/%2Fetc%2Fpasswd", "/assets/.hidden", "/assets/link",
        "/assets/a%00b", "/assets/a%5Cb", "/assets/", "/assets/nothing.js",
    ])
    func `no path leads out of the folder`(_ target: String) async throws {
        let folder = try ScratchFolder()
        let inner = folder.file("inner")
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        try "secret".write(toFile: folder.file("secret"), atomically: true, encoding: .utf8)
        try "hidden".write(toFile: "\(inner)/.hidden", atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: "\(inner)/link", withDestinationPath: folder.file("secret"))
        let desk = try FakeDesk(configure: { $0.assetFolder = inner })
        guard let reply = try? await desk.send("GET", target, key: nil) else { return }
        #expect(reply.status == 404)
    }

    @Test func `without a session the page says how to get one`() async throws {
        let folder = try ScratchFolder()
        try "dashboard".write(toFile: folder.file("index.html"), atomically: true, encoding: .utf8)
        try "log in".write(toFile: folder.file("login.html"), atomically: true, encoding: .utf8)
        let desk = try FakeDesk(configure: { $0.assetFolder = folder.path })
        let cookie = [("Cookie", "bellwether_session=cookie-1")]
        #expect(try await desk.send("GET", "/", key: nil).text == "log in")
        let page = try await desk.send("GET", "/", key: nil, headers: cookie)
        #expect(page.text == "dashboard")
        #expect(page.headers["Vary"]?.contains("Cookie") == true)
        #expect(page.headers["Content-Security-Policy"]?.contains("script-src 'self'") == true)
    }
}
