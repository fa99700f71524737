import Configuration
import Foundation
import Networking

extension ValueKind where Value == String {
    /// `HH:MM` on a 24-hour clock.
    static var timeOfDay: ValueKind {
        ValueKind.text("HH:MM").checked(allowed: "00:00 to 23:59") { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let numbers = parts.compactMap { $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) ? Int($0) : nil }
            guard parts.count == 2, numbers.count == 2, numbers[0] < 24, numbers[1] < 60 else {
                return "is no time of day"
            }
            return nil
        }
    }

    /// A time zone by the zone database's name.
    static var zone: ValueKind {
        ValueKind.text("ZONE").checked(allowed: "a name such as America/New_York or UTC") { text in
            let isName = text.utf8.allSatisfy { isDigit($0) || isLetter($0) || "/_+-".utf8.contains($0) }
            return isName && TimeZone(identifier: text) != nil ? nil : "is no time zone"
        }
    }
}

extension ValueKind where Value == Double? {
    /// How many times faster than a clock, or `max`.
    static var speed: ValueKind {
        let number = ValueKind<Double>.number(.above(0, upTo: 1_000_000))
        return ValueKind("SPEED", words: [], write: { $0.map(number.write) ?? "max" }) { text throws(ValueProblem) in
            if text == "max" { return nil }
            do throws(ValueProblem) { return try number.read(text) } catch {
                throw ValueProblem(error.message + ", or max")
            }
        }
    }
}

extension ValueKind where Value == Secret {
    /// A web address whose path may be a key, never quoted in a message.
    static var secretAddress: ValueKind {
        ValueKind("URL", write: \.description) { text throws(ValueProblem) in
            guard WebAddress(text) != nil else {
                throw ValueProblem("the address (not shown) is refused; allowed: one that begins with https://")
            }
            return Secret(text)
        }
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

private func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & 0xDF) }
