import WorkflowModel

/// Makes an answer fit: lists and texts are cut, so that it keeps its shape and stays readable.
struct AnswerShortener {
    private static let steps: [(elements: Int, characters: Int)] = [
        (500, 8000), (200, 4000), (100, 2000), (50, 1000), (20, 500), (10, 300), (5, 200),
    ]

    private let elements: Int
    private let characters: Int
    private var cuts: [String] = []

    /// The answer and what was cut, `stations 20 of 340`; nil where no cut is enough.
    static func shortened(_ value: Value, to bytes: Int) -> (value: Value?, cuts: [String]) {
        if size(of: value) <= bytes { return (value, []) }
        for step in steps {
            var shortener = AnswerShortener(elements: step.elements, characters: step.characters)
            let short = shortener.cut(value, at: "")
            if size(of: short) <= bytes { return (short, Array(shortener.cuts.prefix(20))) }
        }
        return (nil, [])
    }

    /// How many bytes of JSON a value has; a value that has none counts as too long.
    static func size(of value: Value) -> Int { (try? value.json().count) ?? .max }

    private init(elements: Int, characters: Int) {
        self.elements = elements
        self.characters = characters
    }

    private mutating func cut(_ value: Value, at place: String) -> Value {
        switch value {
        case .text(let text) where text.count > characters:
            cuts.append("\(place) \(characters) of \(text.count) characters")
            return .text(text.prefix(characters) + "…")
        case .list(let list):
            if list.count > elements { cuts.append("\(place) \(elements) of \(list.count)") }
            return .list(list.prefix(elements).map { cut($0, at: place + "[*]") })
        case .object(let fields):
            return .object(
                Dictionary(
                    uniqueKeysWithValues: fields.sorted { $0.key < $1.key }.map {
                        ($0.key, cut($0.value, at: place.isEmpty ? $0.key : "\(place).\($0.key)"))
                    }))
        default: return value
        }
    }
}
