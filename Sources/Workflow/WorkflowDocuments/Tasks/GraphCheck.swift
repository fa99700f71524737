internal import WorkflowModel

/// Reports what keeps tasks from making a sound graph, at the places where it is written.
struct GraphCheck {
    let tasks: [ReadTask]
    let section: Section

    func report(on definition: WorkflowDefinition) {
        let problems = WorkflowPlan.problems(of: definition)
        // While names repeat, dependencies lead to the wrong tasks: what is said of them would be misleading.
        let namesAreSound = !problems.contains { $0.field == "name" }
        for problem in problems where namesAreSound || problem.field != "dependencies" {
            guard let place = problem.task, tasks.indices.contains(place) else {
                section.report(problem.message)
                continue
            }
            report(problem, tasks[place])
        }
    }

    private func report(_ problem: PlanProblem, _ task: ReadTask) {
        switch problem.field {
        case "name" where !task.isNamed && !task.definition.name.contains(":"):
            task.name.report("\(problem.message); it is taken from the task_type here: give this one a 'name'")
        case "name": task.name.report(problem.message)
        case "dependencies": (task.dependencies ?? task.element).report(problem.message)
        default: task.element.report(problem.message)
        }
    }
}
