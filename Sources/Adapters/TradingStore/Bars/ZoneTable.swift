import Foundation
public import MarketData

/// Time zones of the system, with their changes of clock.
public enum ZoneTable {
    /// The zone of an IANA name; nil for an unknown one.
    public static func zone(_ name: String) -> ImportZone? {
        if name == "UTC" { return .utc }
        guard name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
        return ImportZone(name: name) { offset(zone, local: $0) }
    }

    /// Of a time that comes twice when clocks go back, the first is meant.
    private static func offset(_ zone: TimeZone, local: Int64) -> Int64? {
        let around = [local - 86_400, local + 86_400].map { zone.secondsFromGMT(for: date($0)) }
        for offset in around {
            if zone.secondsFromGMT(for: date(local - Int64(offset))) == offset { return Int64(offset) }
        }
        return nil
    }

    private static func date(_ seconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(seconds))  // determinism-ok: a given moment, not the clock
    }
}
