import CCurl
import Foundation
import Glibc

/// Asks a web server, each time on a connection of its own, with libcurl; follows no redirection.
///
/// It blocks the thread that asks. This machine is never asked through a proxy, and a secure address only where its certificate
/// is trusted and that very machine's.
public struct WebClient: Sendable {
    /// What came back.
    public struct Answer: Sendable {
        /// The status.
        public let status: Int
        /// The headers; names in lower case, the last of a name counts.
        public let headers: [String: String]
        /// The body, as it was before it was packed.
        public let body: [UInt8]
    }

    /// Why there is no answer; the message names the machine and never the path.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What was wrong.
        public let message: String
        /// Whether nobody listens there.
        public let isNobodyThere: Bool

        /// Trouble in words.
        public init(message: String, isNobodyThere: Bool = false) {
            (self.message, self.isNobodyThere) = (message, isNobodyThere)
        }

        public var description: String { message }
    }

    /// Who is asked.
    public let address: WebAddress
    private let patience: Int
    private let authorities: String?
    private let mostBytes: Int

    /// A client that waits at most `patience` seconds for an answer, and takes at most `mostBytes` of it. `authorities` is a PEM
    /// file of those whose certificates count in place of the system's.
    public init(_ address: WebAddress, patience: Int = 10, authorities: String? = nil, mostBytes: Int = 1 << 20) {
        self.address = address
        self.patience = max(1, patience)
        self.authorities = authorities
        self.mostBytes = mostBytes
    }

    /// Sends a request and waits for the whole answer; `target` takes the place of the address's own path and query.
    public func send(
        _ method: String, _ target: String? = nil, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) throws -> Answer {
        // Else a peer that goes away ends the process.
        signal(SIGPIPE, SIG_IGN)
        guard WebClient.isReady, let handle = curl_easy_init() else { throw Failure(message: "libcurl has no memory") }
        defer { curl_easy_cleanup(handle) }
        let lines = WebClient.lines(headers)
        defer { curl_slist_free_all(lines) }
        curl_set_headers(handle, lines)
        prepare(handle, method, target)
        let collector = AnswerCollector(mostBytes: mostBytes)
        // One byte more than is sent: without an address libcurl would read standard input.
        let outcome = (body + [0]).withUnsafeBytes { bytes in
            if method != "GET" {
                curl_set_number(handle, CURLOPT_POSTFIELDSIZE, body.count)
                curl_set_text(handle, CURLOPT_POSTFIELDS, bytes.assumingMemoryBound(to: CChar.self).baseAddress)
            }
            return collector.perform(handle)
        }
        guard outcome == CURLE_OK else { throw failure(outcome, collector.isFull) }
        guard collector.hasHead else { throw Failure(message: "the answer of \(address.host) is cut short") }
        var status = 0
        curl_status(handle, &status)
        return Answer(status: status, headers: collector.headers, body: collector.body)
    }

    /// Once for the process, before the first handle.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private func prepare(_ handle: UnsafeMutableRawPointer, _ method: String, _ target: String?) {
        curl_set_text(handle, CURLOPT_URL, target.map { address.root + $0 } ?? address.url)
        curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        curl_set_text(handle, CURLOPT_CUSTOMREQUEST, method)
        curl_set_text(handle, CURLOPT_ACCEPT_ENCODING, "")
        if address.isLocal { curl_set_text(handle, CURLOPT_NOPROXY, "*") }
        if let authorities { curl_set_text(handle, CURLOPT_CAINFO, authorities) }
        curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        curl_set_number(handle, CURLOPT_TIMEOUT, patience)
    }

    /// A header without a value keeps libcurl from sending one of its own.
    private static func lines(_ headers: [(name: String, value: String)]) -> UnsafeMutablePointer<curl_slist>? {
        let names = Set(headers.map { $0.name.lowercased() })
        let without = ["content-type", "expect"].filter { !names.contains($0) }
        let lines = headers.map { "\($0.name): \($0.value.filter { !$0.isNewline })" } + without.map { "\($0):" }
        return lines.reduce(nil) { curl_slist_append($0, $1) }
    }

    private func failure(_ code: CURLcode, _ isTooLarge: Bool) -> Failure {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: Failure(message: "no machine \(address.host) is known; check the address")
        case CURLE_COULDNT_CONNECT:
            Failure(message: "\(address.host) does not answer on port \(address.port)", isNobodyThere: true)
        case CURLE_OPERATION_TIMEDOUT: Failure(message: "\(address.host) does not answer in time")
        case CURLE_WRITE_ERROR where isTooLarge:
            Failure(message: "the answer of \(address.host) is larger than \(mostBytes >> 20) MiB; ask for less")
        default: Failure(message: "\(address.host): \(String(cString: curl_easy_strerror(code)))")
        }
    }
}
