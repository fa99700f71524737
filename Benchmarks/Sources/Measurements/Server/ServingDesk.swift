import Foundation
import ScratchFolders

/// A release desk that serves on a free port, with a key to ask it.
final class ServingDesk {
    let port: UInt16
    let key: String
    private let home: ScratchFolder
    private let process = Process()
    private static let binary = ".build/release/bellwether"

    /// Starts `bellwether run` with a configuration and waits until it serves.
    init(_ arguments: [String], configuration: String) throws {
        home = try ScratchFolder()
        try configuration.write(toFile: "\(home.path)/bellwether.yaml", atomically: true, encoding: .utf8)
        key = try ServingDesk.makeKey(home.path)
        process.executableURL = URL(fileURLWithPath: ServingDesk.binary)
        process.arguments = ["run", "--json", "--home", home.path, "--port", "0"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        port = try ServingDesk.waitForPort(home.path)
        // The first picture of the desk is made with its first moments.
        Thread.sleep(forTimeInterval: 2)
    }

    /// Resident memory now, in millions of bytes.
    var megabytes: Double {
        guard let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return .nan }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e6
    }

    func stop() {
        process.interrupt()
        process.waitUntilExit()
    }

    private static func makeKey(_ home: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = ["keys", "create", "bench", "--role", "viewer", "--home", home, "--json"]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let found = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        guard let key = found?["secret"] as? String else {
            throw StreamClient.Failure("no key was made: \(String(decoding: data, as: UTF8.self))")
        }
        return key
    }

    private static func waitForPort(_ home: String) throws -> UInt16 {
        for _ in 0..<600 {
            if let data = FileManager.default.contents(atPath: "\(home)/server.json"),
                let found = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
                let url = (found["url"] as? String).flatMap(URL.init(string:)), let port = url.port
            {
                return UInt16(port)
            }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw StreamClient.Failure("the desk did not serve within 30 seconds")
    }
}
