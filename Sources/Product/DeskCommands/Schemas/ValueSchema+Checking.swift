public import WorkflowModel

/// What is wrong with a field, as callers are told.
public struct FieldFault: Sendable, Hashable {
    /// The way to the value: `symbols[2]`, `limits.max_daily_loss`.
    public let field: String
    /// What was found and what is allowed.
    public let message: String

    /// A fault.
    public init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
}

extension ValueSchema {
    /// Everything that is wrong with a value; empty where it fits.
    public func faults(in value: Value, at place: String = "") -> [FieldFault] {
        func wrong(_ wanted: String) -> [FieldFault] {
            [FieldFault(place, "must be \(wanted), not \(value.kindName)")]
        }
        switch self {
        case .any: return []
        case .named(_, let schema): return schema.faults(in: value, at: place)
        case .nullable(let schema): return value == .null ? [] : schema.faults(in: value, at: place)
        case .boolean: return value.boolean == nil ? wrong("true or false") : []
        case .integer(let bounds):
            guard let found = value.integer else { return wrong("a whole number") }
            return ValueSchema.bounded(found, bounds.map { Int64($0.lowerBound)...Int64($0.upperBound) }, place)
        case .number(let bounds):
            guard let found = value.number else { return wrong("a number") }
            return ValueSchema.bounded(found, bounds, place)
        case .text(let form):
            guard let found = value.text else { return wrong("text") }
            return form.faults(in: found, at: place)
        case .list(let element, let count):
            guard let found = value.list else { return wrong("a list") }
            return ValueSchema.faults(in: found, element, count, place)
        case .map(let element):
            guard let found = value.fields else { return wrong("an object") }
            return found.sorted { $0.key < $1.key }.flatMap {
                element.faults(in: $0.value, at: ValueSchema.path(place, $0.key))
            }
        case .object(let properties):
            guard let found = value.fields else { return wrong("an object") }
            return ValueSchema.faults(in: found, properties, place)
        }
    }

    private static func bounded<Number: Comparable>(
        _ found: Number, _ bounds: ClosedRange<Number>?, _ place: String
    ) -> [FieldFault] {
        guard let bounds, !bounds.contains(found) else { return [] }
        return [FieldFault(place, "must be from \(bounds.lowerBound) to \(bounds.upperBound), not \(found)")]
    }

    private static func faults(
        in found: [Value], _ element: ValueSchema, _ count: Int?, _ place: String
    ) -> [FieldFault] {
        if let count, found.count > count {
            return [FieldFault(place, "must have at most \(count) elements, not \(found.count)")]
        }
        return found.enumerated().flatMap { element.faults(in: $1, at: "\(place)[\($0)]") }
    }

    private static func faults(in found: [String: Value], _ properties: [Property], _ place: String) -> [FieldFault] {
        let known = Set(properties.map(\.name))
        let unknown = found.keys.filter { !known.contains($0) }.sorted().map { name in
            FieldFault(path(place, name), "is not known; known are \(properties.map(\.name).joined(separator: ", "))")
        }
        return unknown
            + properties.flatMap { property -> [FieldFault] in
                let place = path(place, property.name)
                guard let value = found[property.name] else {
                    return property.isRequired ? [FieldFault(place, "is missing")] : []
                }
                return property.schema.faults(in: value, at: place)
            }
    }

    private static func path(_ place: String, _ name: String) -> String {
        place.isEmpty ? name : "\(place).\(name)"
    }
}

extension ValueSchema.TextForm {
    fileprivate func faults(in text: String, at place: String) -> [FieldFault] {
        if let choices, !choices.contains(text) {
            return [FieldFault(place, "must be one of \(choices.joined(separator: ", "))")]
        }
        if let maxLength, text.count > maxLength {
            return [FieldFault(place, "must have at most \(maxLength) characters, not \(text.count)")]
        }
        return []
    }
}
