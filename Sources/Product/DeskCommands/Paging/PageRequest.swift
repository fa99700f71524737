import Storage
import WorkflowModel

/// Which part of a list a call asks for.
struct PageRequest: Sendable {
    /// The most items.
    static let limit = Field<Int>.integer("limit", 1...500, "How many items at most").or(50)
    /// Where to go on.
    static let cursor = Field<String>.text("cursor", "What an earlier page gave as next", upTo: 2000).optional
    /// Both, as lists take them.
    static let fields = [limit.description, cursor.description]

    let limit: Int
    private let question: String
    private let position: [Value]?

    /// The part of a list that the arguments ask for; a cursor of another list, of other filters, or a changed one is
    /// refused.
    init(_ list: String, _ arguments: CommandArguments) throws {
        limit = try arguments[PageRequest.limit]
        let filters = arguments.values.filter { $0.key != "limit" && $0.key != "cursor" && $0.value != .null }
        question = "\(list):\(Digest.of(try Value.object(filters).json()).hex.prefix(16))"
        guard let text = try arguments[PageRequest.cursor] else {
            position = nil
            return
        }
        guard let cursor = PageCursor(text), cursor.question == question else { throw PageRequest.refusal }
        position = cursor.position
    }

    /// Where the page before ended, as so many whole numbers; nil for the first page.
    func numbers(_ count: Int) throws -> [Int64]? {
        guard let position else { return nil }
        let numbers = position.compactMap(\.integer)
        guard numbers.count == count, position.count == count else { throw PageRequest.refusal }
        return numbers
    }

    /// Where the page before ended, as a whole number and a text; nil for the first page.
    func numberAndText() throws -> (number: Int64, text: String)? {
        guard let position else { return nil }
        guard position.count == 2, let number = position[0].integer, let text = position[1].text else {
            throw PageRequest.refusal
        }
        return (number, text)
    }

    /// Where the page before ended, as a text; nil for the first page.
    func text() throws -> String? {
        guard let position else { return nil }
        guard position.count == 1, let text = position[0].text else { throw PageRequest.refusal }
        return text
    }

    /// The answer of a page; without a position it is the last one.
    func page(_ items: [Value], endingAt position: [Value]?) throws -> Value {
        let next = try position.map { try PageCursor(question, at: $0).text }
        return ["items": .list(items), "next": Value(next)]
    }

    /// The part of a list that is there as a whole; items are known again by the fields of these names.
    ///
    /// Items that come before the page's end in the meantime neither hide others nor bring some back.
    func slice(of items: [Value], by names: [String]) throws -> Value {
        func key(_ item: Value) -> String {
            names.map { item[$0]?.text ?? item[$0]?.integer.map(String.init) ?? "" }.joined(separator: "\n")
        }
        var start = 0
        if let (count, last) = try numberAndText() {
            let place = items.firstIndex { key($0) == last }.map { $0 + 1 }
            start = place ?? Int(clamping: count)
        }
        let page = items.dropFirst(max(0, start)).prefix(limit)
        guard let last = page.last, page.endIndex < items.endIndex else {
            return try self.page(Array(page), endingAt: nil)
        }
        return try self.page(Array(page), endingAt: [Value(page.endIndex), .text(key(last))])
    }

    static let refusal = CommandProblem.invalid([
        FieldFault("cursor", "is none of this list and these filters; begin again without it")
    ])
}
