internal import WorkflowModel

/// Knows which types of work documents may name.
struct WorkTypes {
    let options: DocumentOptions
    let log: ProblemLog

    /// Reports a type that is not known.
    func check(_ type: String, at element: Element) {
        guard let catalog = options.catalog, !options.allowUnknownTypes, catalog[type] == nil else { return }
        let known = (Array(catalog.types.keys) + DocumentShape.ownTypes).sorted()
        element.report("'\(type)' is no known type of work\(log.advice(type, among: known))")
    }

    /// Reports params that do not fit the type.
    func check(_ params: Element?, of type: String, owner: Element) {
        guard let expected = options.catalog?[type] else { return }
        ParamCheck(type: type, expected: expected, log: log).check(params, owner: owner)
    }

    /// What a task puts out; nil where that is not known.
    func outputs(of kind: TaskKind) -> ValueShape? {
        switch kind {
        case .work(let type): options.catalog?[type].map(\.outputs).flatMap { $0 == .any ? nil : $0 }
        case .circuitBreaker:
            .object([
                "circuit_status": .text(["closed", "open", "half_open"]), "failures": .integer,
            ])
        case .approval: .object(["approved": .boolean, "by": .text, "note": .text])
        case .wait: .object([:])
        case .join, .subprocess: nil
        }
    }
}
