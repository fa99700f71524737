import CCrypto
import Foundation
import Glibc

/// Sends one document after another to an address, each on a connection of its own; follows no redirection.
public struct WebPost: Sendable {
    /// Why a document did not arrive; the message names the machine and never the path.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was wrong.
        public let message: String

        /// Trouble in words.
        public init(message: String) {
            self.message = message
        }

        public var description: String { message }
    }

    private let address: WebAddress
    private let patience: Int
    private let authorities: String?

    /// A sender that waits at most `patience` seconds for each part of an exchange. `authorities` is a PEM file of those
    /// whose certificates count in place of the system's.
    public init(_ address: WebAddress, patience: Int = 10, authorities: String? = nil) {
        self.address = address
        self.patience = max(1, patience)
        self.authorities = authorities
    }

    /// Sends a JSON document and returns the status of the answer; blocks a thread that serves nothing else.
    ///
    /// Where the task is cancelled it throws at once; the thread ends when its time is up.
    public func send(_ json: [UInt8], headers: [(name: String, value: String)] = []) async throws -> Int {
        let outcome = PostOutcome()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                guard outcome.isAwaited(by: waiter) else { return }
                Thread { outcome.settle(Result { try exchange(json, headers) }) }.start()
            }
        } onCancel: {
            outcome.settle(.failure(CancellationError()))
        }
    }

    private func exchange(_ json: [UInt8], _ headers: [(name: String, value: String)]) throws -> Int {
        // Else a peer that goes away ends the process.
        signal(SIGPIPE, SIG_IGN)
        let socket = try OutboundSocket(to: address, patience: patience)
        defer { socket.close() }
        let request = head(json.count, headers) + json
        guard address.isSecure else {
            try socket.write(request)
            return try WebPost.status(socket.read, from: address)
        }
        let channel = try SecureChannel(over: socket, authorities: authorities)
        defer { channel.close() }
        try channel.write(request)
        return try WebPost.status(channel.read, from: address)
    }

    private func head(_ length: Int, _ headers: [(name: String, value: String)]) -> [UInt8] {
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        var lines = [
            "POST \(address.target) HTTP/1.1", "Host: \(host):\(address.port)", "Connection: close",
            "Content-Type: application/json", "Content-Length: \(length)",
        ]
        if let credentials = address.credentials { lines.append("Authorization: Basic \(credentials)") }
        for header in headers { lines.append("\(header.name): \(header.value.filter { !$0.isNewline })") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// The number in the first line of an answer, whose rest is left unread.
    private static func status(_ read: (Int) throws -> [UInt8], from address: WebAddress) throws -> Int {
        var line: [UInt8] = []
        while !line.contains(10), line.count < 1024 {
            let more = try read(1024)
            if more.isEmpty { break }
            line += more
        }
        let words = String(decoding: line.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self).split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw Failure(message: "\(address.host) gives no answer in HTTP")
        }
        return status
    }
}
