import CCurl
import Foundation
import Glibc

/// Sends one document after another to an address, each on a connection of its own, with libcurl; follows no redirection.
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

    /// A sender that waits at most `patience` seconds. `authorities` is a PEM file of those whose certificates count in
    /// place of the system's.
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
        guard WebPost.isReady, let handle = curl_easy_init() else { throw Failure(message: "libcurl has no memory") }
        defer { curl_easy_cleanup(handle) }
        let lines = list(of: [("Content-Type", "application/json"), ("Expect", "")] + headers)
        defer { curl_slist_free_all(lines) }
        curl_set_headers(handle, lines)
        prepare(handle)
        curl_set_number(handle, CURLOPT_POSTFIELDSIZE, json.count)
        // One byte more than is sent: without an address libcurl would read standard input.
        let outcome = (json + [0]).withUnsafeBytes { bytes in
            curl_set_text(handle, CURLOPT_POSTFIELDS, bytes.assumingMemoryBound(to: CChar.self).baseAddress)
            return curl_easy_perform(handle)
        }
        guard outcome == CURLE_OK else { throw failure(outcome) }
        var status = 0
        curl_status(handle, &status)
        return status
    }

    /// Once for the process, before the first handle.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private func prepare(_ handle: UnsafeMutableRawPointer) {
        curl_set_text(handle, CURLOPT_URL, address.url)
        curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        if address.isLocal { curl_set_text(handle, CURLOPT_NOPROXY, "*") }
        if let authorities { curl_set_text(handle, CURLOPT_CAINFO, authorities) }
        curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        curl_set_number(handle, CURLOPT_TIMEOUT, patience)
        curl_discard_body(handle)
    }

    private func list(of headers: [(name: String, value: String)]) -> UnsafeMutablePointer<curl_slist>? {
        headers.reduce(nil) { list, header in
            curl_slist_append(list, "\(header.name): \(header.value.filter { !$0.isNewline })")
        }
    }

    private func failure(_ code: CURLcode) -> Failure {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: Failure(message: "no machine \(address.host) is known; check the address")
        case CURLE_COULDNT_CONNECT: Failure(message: "\(address.host) does not answer on port \(address.port)")
        case CURLE_OPERATION_TIMEDOUT: Failure(message: "\(address.host) does not answer in time")
        default: Failure(message: "\(address.host): \(String(cString: curl_easy_strerror(code)))")
        }
    }
}
