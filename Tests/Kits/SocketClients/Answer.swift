/// An answer to a request of a test.
public struct Answer {
    /// The status.
    public let status: Int
    /// Header lines in their order, names in lower case.
    public internal(set) var headers: [(name: String, value: String)] = []
    /// The body; empty where none was read.
    public internal(set) var body: [UInt8] = []

    init(status: Int) { self.status = status }

    /// The first header of a name in lower case.
    public subscript(name: String) -> String? { headers.first { $0.name == name }?.value }
    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// Why a client of a test could not go on.
public struct ClientTrouble: Error, CustomStringConvertible {
    /// In words.
    public let description: String
    /// Trouble in words.
    public init(_ description: String) { self.description = description }
}
