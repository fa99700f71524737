import DeskCommands
import Foundation
import ScratchFolders
import Testing

@testable import Access

@Suite struct LocalTokenTests {
    private func write(_ text: String, _ home: String, mode: Int = 0o600) throws {
        let path = LocalToken.path(inHome: home)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test func `a terminal finds the process that serves, and proves itself as a person`() throws {
        let home = try ScratchFolder()
        #expect(try LocalToken.find(home: home.path) == nil)
        let token = try LocalToken.publish(url: "http://127.0.0.1:8080", home: home.path)
        #expect(try LocalToken.find(home: home.path) == token)
        #expect(token.matches(token.token))
        #expect(!token.matches(token.token + "A") && !token.matches(""))
        #expect(token.caller(named: "ada").isPerson)
        let path = LocalToken.path(inHome: home.path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home.path) == ["server.json"])
    }

    @Test func `a clean stop removes its own file and no other's`() throws {
        let home = try ScratchFolder()
        let first = try LocalToken.publish(url: "http://127.0.0.1:1", home: home.path)
        let second = try LocalToken.publish(url: "http://127.0.0.1:2", home: home.path)
        try first.withdraw(home: home.path)
        #expect(try LocalToken.find(home: home.path) == second)
        try second.withdraw(home: home.path)
        #expect(try LocalToken.find(home: home.path) == nil)
        try second.withdraw(home: home.path)
    }

    @Test func `what a dead process left behind counts as none`() throws {
        let home = try ScratchFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        try write(#"{"pid":\#(process.processIdentifier),"token":"local_x","url":"http://127.0.0.1:1"}"#, home.path)
        #expect(try LocalToken.find(home: home.path) == nil)
    }

    @Test(arguments: [0o644, 0o660, 0o602]) func `a file that others can touch is not trusted`(mode: Int) throws {
        let home = try ScratchFolder()
        try write(#"{"pid":\#(getpid()),"token":"local_x","url":"http://127.0.0.1:1"}"#, home.path, mode: mode)
        #expect(throws: AccessError.self) { try LocalToken.find(home: home.path) }
    }

    @Test func `a file that is no token is told of`() throws {
        let home = try ScratchFolder()
        try write("{", home.path)
        #expect(throws: AccessError.self) { try LocalToken.find(home: home.path) }
    }
}
