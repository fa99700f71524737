/// A name and the way down from it, `results['a b'].x[0]`.
public struct ConditionPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down.
    public enum Step: Sendable, Hashable {
        /// To the field of an object.
        case field(String)
        /// To the element of a list, counted from 0.
        case element(Int)
    }

    /// The name that is looked up.
    public let root: String
    /// The way down.
    public let steps: [Step]

    /// As it would be written in a condition.
    public var description: String {
        steps.reduce(root) { text, step in
            switch step {
            case .field(let name) where ConditionLexer.isName(name): "\(text).\(name)"
            case .field(let name): "\(text)[\(ConditionPath.quoted(name))]"
            case .element(let place): "\(text)[\(place)]"
            }
        }
    }

    private static func quoted(_ name: String) -> String {
        let escaped = name.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        return "'\(escaped.replacing("\n", with: "\\n").replacing("\t", with: "\\t"))'"
    }

    /// What stands at its end; nil where the way leads nowhere.
    func walk(_ start: Value?) -> Value? {
        var value = start
        for step in steps {
            switch step {
            case .field(let name): value = value?[name]
            case .element(let place): value = value?[place]
            }
        }
        return value == .null ? nil : value
    }
}
