import DeskCommands
import WorkflowModel

/// Finds the places of an answer where texts stand that others wrote.
///
/// Every text without a fixed set of words and without a format counts, and so does everything whose shape is open: a
/// new field is marked unless its schema says what it can be.
enum UntrustedPaths {
    /// Where results tell of them.
    static let key = "bellwether/untrusted"

    /// The paths of a schema, such as `items[*].reason`, in its order.
    static func paths(in schema: ValueSchema, at place: String = "") -> [String] {
        switch schema {
        case .boolean, .integer, .number: []
        case .any: [place]
        case .text(let form): form.choices == nil && form.format == nil ? [place] : []
        case .list(let element, _): paths(in: element, at: place + "[*]")
        case .map(let element):
            // Names of a map are free texts too.
            element == .any || paths(in: element).isEmpty ? [place + ".*"] : paths(in: element, at: place + ".*")
        case .nullable(let inner), .named(_, let inner): paths(in: inner, at: place)
        case .object(let properties):
            properties.flatMap { paths(in: $0.schema, at: place.isEmpty ? $0.name : "\(place).\($0.name)") }
        }
    }

    /// The `_meta` of an answer of this shape.
    static func meta(_ schema: ValueSchema) -> [String: Value] {
        [key: .list(paths(in: schema).map { .text($0.isEmpty ? "*" : $0) })]
    }
}
