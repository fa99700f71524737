/// A duration coded as a number of seconds, whole where it is whole.
struct Seconds: Codable {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let whole = try? container.decode(Int64.self), whole.magnitude <= Seconds.most {
            duration = .seconds(whole)
            return
        }
        let seconds = try container.decode(Double.self)
        guard seconds.magnitude <= Double(Seconds.most) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(seconds) seconds are more than can be counted")
        }
        duration = .nanoseconds(Int64((seconds * 1e9).rounded()))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let (whole, part) = duration.components
        if part == 0 {
            try container.encode(whole)
        } else {
            try container.encode(Double(whole) + Double(part) * 1e-18)
        }
    }

    private static let most: UInt64 = 9_000_000_000
}

/// Refuses what a document holds and nobody reads.
enum UnknownKeys {
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }

    static func refuse(in decoder: any Decoder, known: [String]) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        guard
            let key = container.allKeys.sorted(by: { $0.stringValue < $1.stringValue })
                .first(where: { !known.contains($0.stringValue) })
        else { return }
        throw DecodingError.dataCorruptedError(
            forKey: key, in: container,
            debugDescription: "'\(key.stringValue)' is not known here; known are \(known.joined(separator: ", "))")
    }
}
