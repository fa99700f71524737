internal import Configuration

/// The way to a value of a document: `steps[2].params.threshold`, `stages.pre_market.tasks[0].timeout`.
struct DocumentPath: Sendable, Hashable {
    /// One step down.
    enum Part: Sendable, Hashable {
        case key(String)
        case place(Int)
    }

    let parts: [Part]

    /// The path a text spells; nil where it spells none.
    ///
    /// Keys stand between dots or, in quotes, in brackets; places in lists stand in brackets and count from 0.
    init?(_ text: String) {
        var parts: [Part] = []
        var rest = Substring(text)
        guard !rest.isEmpty, rest.first != "." else { return nil }
        while !rest.isEmpty {
            if rest.first == "." {
                rest.removeFirst()
                guard let next = rest.first, next != "[", next != "." else { return nil }
            }
            guard let part = DocumentPath.part(&rest) else { return nil }
            parts.append(part)
        }
        self.parts = parts
    }

    init(parts: [Part]) {
        self.parts = parts
    }

    private static func part(_ rest: inout Substring) -> Part? {
        guard rest.first == "[" else {
            let key = rest.prefix { $0 != "." && $0 != "[" }
            rest = rest[key.endIndex...]
            return key.isEmpty || key.contains("]") ? nil : .key(String(key))
        }
        rest.removeFirst()
        if let quote = rest.first, quote == "'" || quote == "\"" {
            rest.removeFirst()
            let key = rest.prefix { $0 != quote }
            rest = rest[key.endIndex...].dropFirst()
            guard rest.first == "]" else { return nil }
            rest.removeFirst()
            return .key(String(key))
        }
        let digits = rest.prefix { $0 != "]" }
        rest = rest[digits.endIndex...].dropFirst()
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let place = Int(digits) else { return nil }
        return .place(place)
    }

    /// As it is written.
    var text: String { DocumentPath.text(parts[...]) }

    static func text(_ parts: ArraySlice<Part>) -> String {
        parts.reduce("") { path, part in
            switch part {
            case .key(let key): joined(path, key)
            case .place(let place): "\(path)[\(place)]"
            }
        }
    }

    static func joined(_ path: String, _ key: String) -> String {
        let isPlain = !key.isEmpty && key.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || isPlainMark($0) }
        guard isPlain else { return "\(path)['\(key.escapingControls)']" }
        return path.isEmpty ? key : "\(path).\(key)"
    }

    private static func isPlainMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == "-" || ("0"..."9").contains(scalar)
    }
}
