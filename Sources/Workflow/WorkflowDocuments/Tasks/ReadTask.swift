internal import WorkflowModel

/// A task with the places it was read from.
struct ReadTask {
    var definition: TaskDefinition
    /// The whole of it.
    let element: Element
    /// Its written name, or what it takes its name from.
    var name: Element
    /// Whether its name was written.
    var isNamed = true
    /// Its dependencies as written; nil where they follow from the order.
    var dependencies: Element?
    /// Its condition.
    var condition: Element?
    /// The place of the written step it comes from, the same for all parts of a conditional step.
    var step: Int
}
