import Testing
import WorkflowDocuments

@Suite("Bad workflows") struct BadWorkflowTests {
    static let workflows: [BadDefinition] = [
        BadDefinition("", "1:1: the file holds no workflow"),
        BadDefinition("# nothing\n", "1:1: the file holds no workflow"),
        BadDefinition("just text", "1:1: a workflow must be keys and values, not text"),
        BadDefinition("- 5", "1:3: [0]: a workflow must be keys and values, not a number"),
        BadDefinition("name: w", "1:1: a workflow needs 'stages' or 'steps'"),
        BadDefinition(
            "steps: [{name: s, type: notify}]", "1:1: a workflow needs a 'name'"),
        BadDefinition(
            "name: w\nstages: {a: {tasks: [{task_type: notify}]}}\nsteps: [{name: s, type: notify}]",
            "3:1: steps: a workflow has 'stages' or 'steps', not both"),
        BadDefinition(
            "name: w\nstepps: [{name: s, type: notify}]",
            "1:1: a workflow needs 'stages' or 'steps'", "2:1: unknown key 'stepps' (did you mean 'steps'?)"),
        BadDefinition(
            "name: w\ntasks: []", "1:1: a workflow needs 'stages' or 'steps'",
            "2:1: unknown key 'tasks'; write 'stages'"),
        BadDefinition("name: ''\nsteps: [{name: s, type: notify}]", "1:7: name: is empty"),
        BadDefinition(
            "name: 7\nsteps: [{name: s, type: notify}]",
            "1:7: name: must be text, not a number; put it in quotes: \"7\""),
        BadDefinition("name: [w]\nsteps: [{name: s, type: notify}]", "1:7: name: must be text, not a list"),
        BadDefinition(
            "name: \"a\\eb\"\nsteps: [{name: s, type: notify}]", "1:7: name: must not contain control characters"),
        BadDefinition(
            "name: w\npriority: urgent\nsteps: [{name: s, type: notify}]",
            "2:11: priority: 'urgent' is no priority; allowed: CRITICAL, HIGH, MEDIUM, LOW, or 0 to 10"),
        BadDefinition(
            "name: w\npriority: hihg\nsteps: [{name: s, type: notify}]",
            "2:11: priority: 'hihg' is no priority (did you mean 'HIGH'?), or 0 to 10"),
        BadDefinition(
            "name: w\npriority: 11\nsteps: [{name: s, type: notify}]",
            "2:11: priority: 11 is out of range; allowed: 0 to 10, or CRITICAL, HIGH, MEDIUM, LOW"),
        BadDefinition(
            "name: w\npriority: 2.5\nsteps: [{name: s, type: notify}]",
            "2:11: priority: must be CRITICAL, HIGH, MEDIUM, LOW or a whole number from 0 to 10, not 2.5"),
        BadDefinition(
            "name: w\ntimeout: -5\nsteps: [{name: s, type: notify}]",
            "2:10: timeout: -5 is out of range; allowed: more than 0 seconds"),
        BadDefinition(
            "name: w\ntimeout: 0\nsteps: [{name: s, type: notify}]",
            "2:10: timeout: 0 is out of range; allowed: more than 0 seconds"),
        BadDefinition(
            "name: w\ntimeout: soon\nsteps: [{name: s, type: notify}]",
            "2:10: timeout: 'soon' is no duration; write seconds or a text such as 90s, 15m, 1h30m"),
        BadDefinition(
            "name: w\ntimeout: 60w\nsteps: [{name: s, type: notify}]", "2:10: timeout: 60w is longer than a year"),
        BadDefinition(
            "name: w\ntimeout: .nan\nsteps: [{name: s, type: notify}]",
            "2:10: timeout: must be a duration in seconds or a text such as 90s, 15m, 1h30m, not a number"),
        BadDefinition(
            "name: w\nmax_concurrent_tasks: 0\nsteps: [{name: s, type: notify}]",
            "2:23: max_concurrent_tasks: 0 is out of range; allowed: 1 to 10000"),
        BadDefinition(
            "name: w\ncalendar: XNYZ\nsteps: [{name: s, type: notify}]",
            "2:11: calendar: 'XNYZ' is no known exchange calendar (did you mean 'XNYS'?)"),
        BadDefinition(
            "name: w\nname: x\nsteps: [{name: s, type: notify}]",
            "2:1: the key 'name' stands already in line 1; allowed: once"),
        BadDefinition(
            "name: w\nsteps: [{name: s, type: notify}]\n---\nname: w\nsteps: [{name: s, type: notify}]",
            "4:1: the workflow 'w' stands already in line 1"),
        BadDefinition("name: w\nsteps: []", "2:8: steps: is empty; a workflow needs at least one step"),
        BadDefinition("name: w\nsteps: {}", "2:8: steps: must be a list, not keys and values"),
        BadDefinition("name: w\nstages: {}", "2:9: stages: is empty; a workflow needs at least one stage"),
        BadDefinition("name: w\nstages: []", "2:9: stages: 'stages' must be keys and values, not a list"),
        BadDefinition(
            "name: w\nsteps: [{name: s",
            "3:1: did not find expected ',' or '}' (while parsing a flow mapping in line 2)"),
        BadDefinition("{\"name\": \"w\", }", "1:15: a key in double quotes is missing here", file: "w.json"),
        BadDefinition("{\"name\": 01}", "1:10: a JSON value must stand here, not '01'", file: "w.json"),
        BadDefinition(
            "{\"name\": \"w\",\n \"name\": \"w\",\n \"steps\": [{\"name\": \"s\", \"type\": \"notify\"}]}",
            "2:2: the key 'name' stands already in line 1; allowed: once", file: "w.json"),
    ]

    @Test(arguments: workflows) func `are refused with everything that is wrong`(_ bad: BadDefinition) {
        #expect(Documents.problems(bad.text, bad.file) == bad.problems)
    }

    static let stages: [BadDefinition] = [
        .tasks(
            "    - {task_type: notify, dependancies: [a]}",
            "5:27: stages.a.tasks[0]: unknown key 'dependancies' (did you mean 'dependencies'?)"),
        .tasks(
            "    - {type: notify, name: a, params: {}}",
            "5:7: stages.a.tasks[0]: a task needs a 'task_type', the work to be done",
            "5:8: stages.a.tasks[0]: unknown key 'type'; write 'task_type'",
            "5:31: stages.a.tasks[0]: unknown key 'params'; write 'task_data'"),
        .tasks(
            "    - task_type: notify\n    - task_type: notify",
            "6:18: stages.a.tasks[1].task_type: 'notify' is the name of more than one task; it is taken from the task_type here: give this one a 'name'"
        ),
        .tasks(
            "    - {name: x, task_type: notify}\n    - {name: x, task_type: notify}",
            "6:14: stages.a.tasks[1].name: 'x' is the name of more than one task"),
        .tasks(
            "    - {name: x, task_type: notify, dependencies: [y]}\n    - {name: z, task_type: notify, dependencies: [xx]}",
            "5:51: stages.a.tasks[0].dependencies[0]: 'x' depends on 'y', which does not exist",
            "6:51: stages.a.tasks[1].dependencies[0]: 'z' depends on 'xx', which does not exist (did you mean 'x'?)"),
        .tasks(
            "    - {name: x, task_type: notify}\n    - {name: y, task_type: notify}\n    - {name: z, task_type: plan, dependencies: [notify]}",
            "7:49: stages.a.tasks[2].dependencies[0]: 'notify' is the work of 2 tasks ('x', 'y'); write the name of one"
        ),
        .tasks(
            "    - {name: x, task_type: notify, dependencies: [y]}\n    - {name: y, task_type: notify, dependencies: [x]}",
            "5:50: stages.a.tasks[0].dependencies: dependencies go round in a circle: x -> y -> x"),
        .tasks(
            "    - {name: x, task_type: notify, dependencies: [x]}",
            "5:50: stages.a.tasks[0].dependencies: dependencies go round in a circle: x -> x"),
        .tasks(
            "    - {name: x, task_type: notify, dependencies: [y]}\n  b:\n    tasks: [{name: y, task_type: notify}]",
            "5:50: stages.a.tasks[0].dependencies: 'x' depends on 'y', which belongs to a later stage"),
        .tasks(
            "    - {name: x, task_type: notify}\n    - {name: y, task_type: notify, dependencies: [x, x]}",
            "6:50: stages.a.tasks[1].dependencies: 'y' names 'x' twice among its dependencies"),
        .tasks(
            "    - {name: 'x:y', task_type: notify}",
            "5:14: stages.a.tasks[0].name: 'x:y': a task's name must not contain a colon"),
        .tasks(
            "    - {task_type: notify, dependencies: 5}",
            "5:41: stages.a.tasks[0].dependencies: must be text, not a number; put it in quotes: \"5\""),
        .tasks("    - notify", "5:7: stages.a.tasks[0]: a task must be keys and values, not text"),
        .tasks(
            "    - {task_type: notify, task_data: [1]}",
            "5:38: stages.a.tasks[0].task_data: must be keys and values, not a list"),
        .tasks(
            "    - {task_type: notify, max_retries: -1, timeout: 0s}",
            "5:40: stages.a.tasks[0].max_retries: -1 is out of range; allowed: 0 to 1000",
            "5:53: stages.a.tasks[0].timeout: 0s is out of range; allowed: more than 0 seconds"),
        BadDefinition(
            "name: w\nstages: {a: {tasks: []}}", "2:21: stages.a.tasks: is empty; a stage needs at least one task"),
        BadDefinition("name: w\nstages: {a: {}}", "2:13: stages.a: a stage needs 'tasks'"),
        BadDefinition(
            "name: w\nstages: {a: {window: {from: 06:00, until: close}, tasks: [{task_type: notify}]}}",
            "2:22: stages.a.window: a window needs the workflow's 'calendar', such as XNYS"),
        BadDefinition(
            "name: w\ncalendar: XNYS\nstages: {a: {window: {from: 6am, until: opening, every: -1}, tasks: [{task_type: notify}]}}",
            "3:29: stages.a.window.from: '6am' is no moment of a day; write a time such as 06:00, or open, close, open-3h30m, close+15m",
            "3:41: stages.a.window.until: 'opening' is no moment of a day; write a time such as 06:00, or open, close, open-3h30m, close+15m",
            "3:57: stages.a.window.every: -1 is out of range; allowed: more than 0 seconds"),
        BadDefinition(
            "name: w\ncalendar: XNYS\nstages: {a: {window: {from: 10:00, until: 09:30}, tasks: [{task_type: notify}]}}",
            "3:36: stages.a.window.until: the window ends before it begins"),
        BadDefinition(
            "name: w\ncalendar: XNYS\nstages: {a: {window: {from: open, to: close}, tasks: [{task_type: notify}]}}",
            "3:22: stages.a.window: a window needs 'until'",
            "3:35: stages.a.window: unknown key 'to'; write 'until'"),
    ]

    @Test(arguments: stages) func `of stages are refused with everything that is wrong`(_ bad: BadDefinition) {
        #expect(Documents.problems(bad.text, bad.file) == bad.problems)
    }
}
