public import Configuration
public import Determinism
import Storage

/// The signature of a message: `t=SECONDS,v1=HEX`, an HMAC-SHA256 of `SECONDS.BODY` under a shared secret.
///
/// Several `v1` may stand in one, for secrets that are being exchanged; unknown parts are passed over.
public struct WebhookSignature: Sendable {
    /// When it was made, by the sender's clock.
    let signed: Timestamp
    private let written: String
    private let digests: [Digest]

    /// Reads a header; nil where it is no signature.
    init?(header: String) {
        guard header.utf8.count <= 1_000 else { return nil }
        var times: [Substring] = []
        var digests: [Digest] = []
        for part in header.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { return nil }
            let name = pair[0].drop { $0 == " " }
            if name == "t" { times.append(pair[1]) }
            if name == "v1", let digest = Digest(hex: String(pair[1])) { digests.append(digest) }
        }
        guard times.count == 1, let seconds = Int64(times[0]), let signed = Timestamp(seconds: seconds),
            !digests.isEmpty
        else { return nil }
        self.signed = signed
        self.digests = digests
        written = String(times[0])
    }

    /// The hash that one of the secrets gives for these bytes; nil where none of the written ones is it.
    ///
    /// Takes the same time whichever it is and however nearly one fits.
    func matching(_ body: [UInt8], secrets: [Secret]) -> Digest? {
        var found: Digest?
        for secret in secrets {
            let expected = WebhookSignature.digest(of: body, signed: written, secret: secret)
            for digest in digests where digest.matches(expected) { found = expected }
        }
        return found
    }

    /// The header that a sender writes for a message.
    public static func header(for body: [UInt8], at time: Timestamp, secret: Secret) -> String {
        let seconds = "\(floorDivide(time.nanoseconds, 1_000_000_000))"
        return "t=\(seconds),v1=\(digest(of: body, signed: seconds, secret: secret).hex)"
    }

    private static func digest(of body: [UInt8], signed seconds: String, secret: Secret) -> Digest {
        Digest.authenticating(Array("\(seconds).".utf8) + body, key: Array(secret.reveal().utf8))
    }
}
