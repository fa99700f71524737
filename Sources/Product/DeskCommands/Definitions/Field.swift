public import WorkflowModel

/// A field of a command as faces show it.
public struct FieldDescription: Sendable, Hashable {
    /// Its name in snake case.
    public let name: String
    /// What it may be.
    public let schema: ValueSchema
    /// What it is, in one line without a full stop.
    public let about: String
    /// Whether it must be given.
    public let isRequired: Bool
    /// What it is where it is not given.
    public let standard: Value?
}

/// A typed key for a field of a command: declared once, read from the arguments without a cast.
public struct Field<Wanted: Sendable>: Sendable {
    /// The field as faces show it.
    public let description: FieldDescription
    let read: @Sendable (Value?) -> Wanted?

    init(
        _ name: String, _ schema: ValueSchema, _ about: String, isRequired: Bool, standard: Value? = nil,
        read: @escaping @Sendable (Value?) -> Wanted?
    ) {
        description = FieldDescription(
            name: name, schema: schema, about: about, isRequired: isRequired, standard: standard)
        self.read = read
    }
}

extension Field {
    /// The same field, which may be left out and is nil then.
    public var optional: Field<Wanted?> {
        Field<Wanted?>(description.name, description.schema, description.about, isRequired: false) { [read] value in
            guard let value, value != .null else { return .some(nil) }
            return read(value).map { .some($0) }
        }
    }

    /// The same field, which is this where it is left out.
    public func or(_ standard: Value) -> Field {
        Field(
            description.name, description.schema, description.about, isRequired: false, standard: standard
        ) { [read] value in read(value ?? standard) }
    }
}

extension Field where Wanted == String {
    /// A text of at most so many characters.
    public static func text(_ name: String, _ about: String, upTo length: Int = 200) -> Field {
        Field(name, .text(.init(maxLength: length)), about, isRequired: true) { $0?.text }
    }

    /// One of some words.
    public static func choice(_ name: String, _ words: [String], _ about: String) -> Field {
        Field(name, .text(.init(choices: words)), about, isRequired: true) { $0?.text }
    }
}

extension Field where Wanted == Int {
    /// A whole number within bounds.
    public static func integer(_ name: String, _ bounds: ClosedRange<Int>, _ about: String) -> Field {
        Field(name, .integer(bounds), about, isRequired: true) { $0?.integer.flatMap { Int(exactly: $0) } }
    }
}

extension Field where Wanted == Double {
    /// A number within bounds.
    public static func number(_ name: String, _ bounds: ClosedRange<Double>, _ about: String) -> Field {
        Field(name, .number(bounds), about, isRequired: true) { $0?.number }
    }
}

extension Field where Wanted == Bool {
    /// True or false.
    public static func flag(_ name: String, _ about: String) -> Field {
        Field(name, .boolean, about, isRequired: true) { $0?.boolean }.or(false)
    }
}

extension Field where Wanted == [String] {
    /// Texts, in JSON as a list, in a query separated by commas.
    public static func texts(_ name: String, _ about: String, upTo count: Int = 500) -> Field {
        Field(name, .list(.text(.init(maxLength: 200)), upTo: count), about, isRequired: true) { value in
            value?.list?.compactMap(\.text)
        }
    }
}

extension Field where Wanted == Value {
    /// An object of any fields.
    public static func object(_ name: String, _ about: String) -> Field {
        Field(name, .anyObject, about, isRequired: true) { $0 }
    }

    /// Any value of a shape.
    public static func value(_ name: String, _ schema: ValueSchema, _ about: String) -> Field {
        Field(name, schema, about, isRequired: true) { $0 }
    }
}
