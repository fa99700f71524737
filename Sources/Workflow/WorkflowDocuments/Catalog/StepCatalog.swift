public import WorkflowModel

/// The types of work that tasks may ask for, what they are told and what they put out.
public struct StepCatalog: Sendable, Hashable {
    /// Types by name.
    public var types: [String: StepType]

    /// A catalog of types.
    public init(_ types: [String: StepType] = [:]) {
        self.types = types
    }

    /// The type of a name; nil where there is none.
    public subscript(name: String) -> StepType? { types[name] }

    /// Both catalogs in one; where both have a name, the other's type counts.
    public func merging(_ other: StepCatalog) -> StepCatalog {
        StepCatalog(types.merging(other.types) { _, theirs in theirs })
    }
}

/// One type of work.
public struct StepType: Sendable, Hashable {
    /// What it does, one sentence.
    public var summary: String
    /// What it is told, by name.
    public var params: [String: StepParam]
    /// Whether it takes params that are not listed.
    public var takesOthers: Bool
    /// What it puts out.
    public var outputs: ValueShape

    /// A type; by default it takes listed params only and nothing is known about what it puts out.
    public init(
        _ summary: String, params: [String: StepParam] = [:], takesOthers: Bool = false, outputs: ValueShape = .any
    ) {
        self.summary = summary
        self.params = params
        self.takesOthers = takesOthers
        self.outputs = outputs
    }
}

/// One thing a type of work is told.
public struct StepParam: Sendable, Hashable {
    /// What it can be.
    public var shape: ValueShape
    /// Whether a document must give it.
    public var isRequired: Bool

    /// A param that must be given.
    public static func required(_ shape: ValueShape) -> StepParam { StepParam(shape: shape, isRequired: true) }

    /// A param that may be left out.
    public static func optional(_ shape: ValueShape) -> StepParam { StepParam(shape: shape, isRequired: false) }
}
