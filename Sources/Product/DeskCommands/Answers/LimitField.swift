import Determinism
public import RiskControl
import TradingModel
public import WorkflowModel

/// A limit of the risk gate as faces show and change it.
public struct LimitField: Sendable {
    /// Its name in snake case.
    public let name: String
    /// What its number counts.
    public let unit: Unit
    /// One line without a full stop.
    public let about: String
    /// Which way it becomes tighter; nil where that cannot be said.
    public let tightens: Direction?
    /// Whether null takes the limit away.
    public let isOptional: Bool
    /// What may be written.
    public let schema: ValueSchema
    /// Its value in limits; null where it is not applied.
    public let read: @Sendable (RiskLimits) -> Value
    /// Puts a value that fits the schema into limits; false where it cannot be.
    public let write: @Sendable (Value, inout RiskLimits) -> Bool

    /// What a limit's number counts.
    public enum Unit: String, Sendable, Hashable {
        case share, money, seconds, count, flag, ratio
    }

    /// Which way a limit becomes tighter.
    public enum Direction: String, Sendable, Hashable {
        case lower, higher
    }

    /// The limit of a name; nil where there is none.
    public static func named(_ name: String) -> LimitField? { all.first { $0.name == name } }

    /// The name in words.
    public var title: String { name.replacing("_", with: " ") }

    /// The limit as lists show it.
    public func value(in limits: RiskLimits) -> Value {
        [
            "name": .text(name), "title": .text(title), "value": read(limits), "unit": .text(unit.rawValue),
            "about": .text(about), "tightens": Value(tightens?.rawValue), "editable": true,
        ]
    }

    /// What `value(in:)` looks like.
    public static let valueSchema = ValueSchema.object([
        .init("name", .text), .init("title", .text), .init("value", .any, "A number or a flag; null for no limit"),
        .init("unit", .choice(["share", "money", "seconds", "count", "flag", "ratio"])), .init("about", .text),
        .init("tightens", .choice(["lower", "higher"]).orNull), .init("editable", .boolean),
    ])
}

extension LimitField {
    private init(
        _ name: String, _ unit: Unit, _ about: String, _ tightens: Direction?, isOptional: Bool, _ schema: ValueSchema,
        read: @escaping @Sendable (RiskLimits) -> Value,
        write: @escaping @Sendable (Value, inout RiskLimits) -> Bool
    ) {
        (self.name, self.unit, self.about, self.tightens) = (name, unit, about, tightens)
        self.isOptional = isOptional
        self.schema = isOptional ? schema.orNull : schema
        (self.read, self.write) = (read, write)
    }

    typealias Path<Wanted> = WritableKeyPath<RiskLimits, Wanted> & Sendable

    /// A limit that may be taken away.
    static func optional(
        _ name: String, _ path: any Path<Double?>, _ unit: Unit, _ bounds: ClosedRange<Double>,
        _ about: String, tightens: Direction = .lower
    ) -> LimitField {
        LimitField(name, unit, about, tightens, isOptional: true, .number(bounds)) {
            Value($0[keyPath: path])
        } write: { value, limits in
            guard let number = value.number ?? (value == .null ? .nan : nil) else { return false }
            limits[keyPath: path] = number.isNaN ? nil : number
            return true
        }
    }

    /// A number that is always there.
    static func number(
        _ name: String, _ path: any Path<Double>, _ bounds: ClosedRange<Double>, _ tightens: Direction, _ about: String
    ) -> LimitField {
        LimitField(name, .ratio, about, tightens, isOptional: false, .number(bounds)) {
            Value($0[keyPath: path])
        } write: { value, limits in
            guard let number = value.number else { return false }
            limits[keyPath: path] = number
            return true
        }
    }

    static func money(
        _ name: String, _ path: any Path<Money?>, _ tightens: Direction, _ about: String
    ) -> LimitField {
        LimitField(name, .money, about, tightens, isOptional: true, .number(0...9e10)) {
            Value($0[keyPath: path])
        } write: { value, limits in
            let money = value.number.flatMap(Money.init(nearest:))
            guard money != nil || value == .null else { return false }
            limits[keyPath: path] = money
            return true
        }
    }

    static func seconds(
        _ name: String, _ path: any Path<Duration?>, _ tightens: Direction, _ about: String
    ) -> LimitField {
        LimitField(name, .seconds, about, tightens, isOptional: true, .number(0...1e9)) { limits in
            Value(limits[keyPath: path].map { $0 / .seconds(1) })
        } write: { value, limits in
            guard value == .null || value.number != nil else { return false }
            limits[keyPath: path] = value.number.map { .seconds($0) }
            return true
        }
    }

    static func flag(_ name: String, _ path: any Path<Bool>, _ tightens: Direction, _ about: String) -> LimitField {
        LimitField(name, .flag, about, tightens, isOptional: false, .boolean) {
            .boolean($0[keyPath: path])
        } write: { value, limits in
            guard let flag = value.boolean else { return false }
            limits[keyPath: path] = flag
            return true
        }
    }

    /// Orders in a minute, the one limit that counts.
    static let ordersPerMinute = LimitField(
        "max_orders_per_minute", .count, "Orders in any 60 seconds before entries are refused", .lower,
        isOptional: true, .integer(1...100_000)
    ) {
        $0.maxOrdersPerMinute.map { .integer(Int64($0)) } ?? .null
    } write: { value, limits in
        guard value == .null || value.integer != nil else { return false }
        limits.maxOrdersPerMinute = value.integer.flatMap { Int(exactly: $0) }
        return true
    }

    /// The days of a correlation.
    static let correlationWindow = LimitField(
        "correlation_window", .count, "Daily returns that a correlation is taken over", nil, isOptional: false,
        .integer(10...500)
    ) {
        .integer(Int64($0.correlationWindow))
    } write: { value, limits in
        guard let count = value.integer.flatMap({ Int(exactly: $0) }) else { return false }
        limits.correlationWindow = count
        return true
    }
}
