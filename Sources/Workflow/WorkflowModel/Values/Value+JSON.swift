extension Value: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let truth = try? container.decode(Bool.self) {
            self = .boolean(truth)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let elements = try? container.decode([Value].self) {
            self = .list(elements)
        } else {
            self = .object(try container.decode([String: Value].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let truth): try container.encode(truth)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let elements): try container.encode(elements)
        case .object(let fields): try container.encode(fields)
        }
    }

    /// The value that JSON spells; throws where it spells none.
    public init(json bytes: [UInt8]) throws {
        self = try ValueReader.read(bytes)
    }

    /// The value that a stranger's JSON spells: at most 64 levels deep, and each name once in an object.
    public init(strangersJSON bytes: [UInt8]) throws(ValueError) {
        self = try ValueReader.read(bytes, .strangers)
    }
}
