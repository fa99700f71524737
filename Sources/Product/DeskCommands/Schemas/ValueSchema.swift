/// What a value may be: arguments and answers of commands are described and checked with it.
public indirect enum ValueSchema: Sendable, Hashable {
    /// Anything.
    case any
    /// True or false.
    case boolean
    /// A whole number, within bounds where there are some.
    case integer(ClosedRange<Int>?)
    /// A number, within bounds where there are some.
    case number(ClosedRange<Double>?)
    /// Text of a form.
    case text(TextForm)
    /// A list of at most so many.
    case list(ValueSchema, upTo: Int?)
    /// Exactly these properties, in order; those that are not required may be missing.
    case object([Property])
    /// An object with any names and values of one shape.
    case map(ValueSchema)
    /// The same, or null.
    case nullable(ValueSchema)
    /// A shape that is used in several places, by its name.
    case named(String, ValueSchema)

    /// What a text may be.
    public struct TextForm: Sendable, Hashable {
        /// The words that are allowed; nil for any.
        public var choices: [String]?
        /// The most characters; nil for any number.
        public var maxLength: Int?
        /// A format of JSON Schema, such as `date-time`; told, and not checked.
        public var format: String?

        /// A form.
        public init(choices: [String]? = nil, maxLength: Int? = nil, format: String? = nil) {
            self.choices = choices
            self.maxLength = maxLength
            self.format = format
        }
    }

    /// A property of an object.
    public struct Property: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What it may be.
        public let schema: ValueSchema
        /// What it is, in one line; empty where the name says it.
        public let about: String
        /// Whether it is always there.
        public let isRequired: Bool

        /// A property that is always there.
        public init(_ name: String, _ schema: ValueSchema, _ about: String = "", isRequired: Bool = true) {
            self.name = name
            self.schema = schema
            self.about = about
            self.isRequired = isRequired
        }
    }

    /// Any text.
    public static let text = ValueSchema.text(TextForm())
    /// Any whole number.
    public static let integer = ValueSchema.integer(nil)
    /// Any number.
    public static let number = ValueSchema.number(nil)
    /// A moment in ISO 8601.
    public static let time = ValueSchema.text(TextForm(format: "date-time"))
    /// An object of any names and values.
    public static let anyObject = ValueSchema.map(.any)

    /// One of some words.
    public static func choice(_ words: [String]) -> ValueSchema { .text(TextForm(choices: words)) }

    /// A list without a bound.
    public static func list(_ element: ValueSchema) -> ValueSchema { .list(element, upTo: nil) }

    /// The same, or null.
    public var orNull: ValueSchema { .nullable(self) }

    /// The answer of a list: items and the cursor of what follows.
    public static func page(of item: ValueSchema) -> ValueSchema {
        .object([.init("items", .list(item)), .init("next", .text.orNull, "The cursor of the next page")])
    }
}
