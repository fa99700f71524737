internal import Configuration
internal import WorkflowModel

/// Holds what a task is told against what its type of work takes.
struct ParamCheck {
    let type: String
    let expected: StepType
    let log: ProblemLog

    /// Reports what does not fit; `owner` is where missing params are reported.
    func check(_ params: Element?, owner: Element) {
        // Params that are no keys and values were reported where they were read.
        if let params, params.node.entries == nil { return }
        let section = params.flatMap { Section($0, "params") }
        for (name, param) in expected.params.sorted(by: { $0.key < $1.key }) {
            if let value = section?[name] {
                fit(value, param.shape)
            } else if param.isRequired {
                (params ?? owner).report("the type '\(type)' needs the param '\(name)', \(param.shape.noun)")
            }
        }
        guard let section, !expected.takesOthers else { return }
        section.allow(expected.params.keys.sorted(), what: "param")
    }

    private func fit(_ element: Element, _ shape: ValueShape) {
        switch (shape, element.node.content) {
        case (.any, _), (.number, .scalar(_, .integer)), (.number, .scalar(_, .number)),
            (.integer, .scalar(_, .integer)), (.boolean, .scalar(_, .bool)):
            return
        case (.text(let allowed), .scalar(let text, .text)):
            guard let allowed, !allowed.contains(text) else { return }
            let advice = log.advice(text, among: allowed)
            element.report("'\(text.escapingControls.prefix(80))' is not allowed here\(advice)")
        case (.list(let inner), .list):
            for item in element.items() ?? [] { fit(item, inner) }
        case (.object(let fields), .section):
            guard let section = Section(element, "it") else { return }
            section.allow(fields.keys.sorted(), what: "field")
            for (name, shape) in fields.sorted(by: { $0.key < $1.key }) {
                if let value = section[name] { fit(value, shape) }
            }
        default: element.report("must be \(shape.noun), not \(element.kindName)")
        }
    }
}

extension ValueShape {
    /// The kind with its article, as messages name it.
    var noun: String {
        if case .integer = self { return "a whole number" }
        return kindName ?? "anything"
    }
}
