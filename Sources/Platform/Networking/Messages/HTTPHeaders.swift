/// The header fields of a message: names match in any case, order and repetition are kept.
public struct HTTPHeaders: Sendable, Hashable {
    struct Field: Sendable, Hashable {
        var name: String
        var value: String

        static func == (left: Field, right: Field) -> Bool {
            left.value == right.value && ASCII.equal(left.name, right.name)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(name.lowercased())
            hasher.combine(value)
        }
    }

    var fields: [Field]

    /// Headers from names and values, in the order they are to be sent.
    public init(_ pairs: [(String, String)] = []) {
        fields = pairs.map { Field(name: $0.0, value: $0.1) }
    }

    init(fields: [Field]) {
        self.fields = fields
    }

    /// The first value of a header; setting replaces every value of that name, nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { ASCII.equal($0.name, name) }?.value }
        set {
            let place = fields.firstIndex { ASCII.equal($0.name, name) }
            fields.removeAll { ASCII.equal($0.name, name) }
            guard let newValue else { return }
            fields.insert(Field(name: name, value: newValue), at: place ?? fields.count)
        }
    }

    /// Every value of a header, in order.
    public func all(_ name: String) -> [String] {
        fields.filter { ASCII.equal($0.name, name) }.map(\.value)
    }

    /// Adds a value and leaves those of the same name in place, as for `Set-Cookie`.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Names and values in order.
    public var pairs: [(name: String, value: String)] {
        fields.map { ($0.name, $0.value) }
    }

    /// Whether one of a header's comma-separated values is this token, in any case.
    func has(_ token: String, in name: String) -> Bool {
        fields.contains { field in
            ASCII.equal(field.name, name)
                && field.value.split(separator: ",").contains { ASCII.equal(ASCII.trimmed($0), token) }
        }
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements)
    }
}
