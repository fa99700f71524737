import Testing

/// A document that is refused, with everything that is said about it.
struct BadDefinition: Sendable, CustomTestStringConvertible {
    let text: String
    let file: String
    let problems: [String]

    init(_ text: String, _ problems: String..., file: String = "w.yaml") {
        self.text = text
        self.problems = problems
        self.file = file
    }

    /// A workflow of steps.
    static func steps(_ steps: String, _ problems: String...) -> BadDefinition {
        BadDefinition(text: "name: w\nsteps:\n" + steps, file: "w.yaml", problems: problems)
    }

    /// A workflow of one stage.
    static func tasks(_ tasks: String, _ problems: String...) -> BadDefinition {
        BadDefinition(text: "name: w\nstages:\n  a:\n    tasks:\n" + tasks, file: "w.yaml", problems: problems)
    }

    /// A workflow of one step with a trigger.
    static func trigger(_ trigger: String, _ problems: String...) -> BadDefinition {
        BadDefinition(
            text: "name: w\nsteps: [{name: s, type: notify}]\ntriggers:\n- {\(trigger)}", file: "w.yaml",
            problems: problems)
    }

    private init(text: String, file: String, problems: [String]) {
        self.text = text
        self.file = file
        self.problems = problems
    }

    var testDescription: String { text }
}
