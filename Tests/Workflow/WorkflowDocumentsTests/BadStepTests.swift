import Testing
import WorkflowDocuments

@Suite("Bad steps") struct BadStepTests {
    static let steps: [BadDefinition] = [
        .steps("- {type: notify}", "3:3: steps[0]: a step needs a 'name'"),
        .steps(
            "- {name: s, typ: notify}",
            "3:10: steps[0].name: 's' is no known type of work; allowed: approval, circuit_breaker, classify, conditional, join, news_analysis, notify, plan, signal_generation, subprocess, technical_analysis, trade_execution, wait",
            "3:13: steps[0]: unknown key 'typ' (did you mean 'type'?)"),
        .steps(
            "- {name: s, task_type: notify}",
            "3:10: steps[0].name: 's' is no known type of work; allowed: approval, circuit_breaker, classify, conditional, join, news_analysis, notify, plan, signal_generation, subprocess, technical_analysis, trade_execution, wait",
            "3:13: steps[0]: unknown key 'task_type'; write 'type'"),
        .steps(
            "- {name: s, type: news_analisys}",
            "3:19: steps[0].type: 'news_analisys' is no known type of work (did you mean 'news_analysis'?)"),
        .steps(
            "- {name: s, type: subproces, workflow_id: x}",
            "3:19: steps[0].type: 'subproces' is no known type of work (did you mean 'subprocess'?)",
            "3:30: steps[0].workflow_id: 'workflow_id' belongs to a step of the type 'subprocess'"),
        .steps(
            "- {name: s, type: notify, depends_on: [t]}\n- {name: t, type: notify}",
            "3:40: steps[0].depends_on[0]: 's' depends on 't', which stands after it; a step waits only for steps before it"
        ),
        .steps(
            "- {name: s, type: notify, depends_on: [s]}", "3:40: steps[0].depends_on[0]: 's' depends on itself"),
        .steps(
            "- {name: scan, type: notify}\n- {name: t, type: notify, depends_on: [scann]}",
            "4:40: steps[1].depends_on[0]: 't' depends on 'scann', which does not exist (did you mean 'scan'?)"),
        .steps(
            "- {name: s, type: notify}\n- {name: s, type: plan}",
            "4:10: steps[1].name: 's' is the name of more than one task"),
        .steps(
            "- {name: s, type: signal_generation}",
            "3:3: steps[0]: the type 'signal_generation' needs the param 'threshold', a number"),
        .steps(
            "- {name: s, type: signal_generation, params: {treshold: 0.7, threshold: high, mode: fats}}",
            "3:47: steps[0].params: unknown param 'treshold' (did you mean 'threshold'?)",
            "3:73: steps[0].params.threshold: must be a number, not text",
            "3:85: steps[0].params.mode: 'fats' is not allowed here (did you mean 'fast'?)"),
        .steps(
            "- {name: s, type: plan, params: {rounds: 2.5, limits: {most: [1], least: 0}}}",
            "3:42: steps[0].params.rounds: must be a whole number, not a number",
            "3:62: steps[0].params.limits.most: must be a number, not a list",
            "3:67: steps[0].params.limits: unknown field 'least'; allowed: most"),
        .steps(
            "- {name: s, type: news_analysis, params: {symbols: [AAPL, 5]}}",
            "3:59: steps[0].params.symbols[1]: must be text, not a number"),
        .steps(
            "- {name: s, type: notify, params: {x: .inf}}", "3:39: steps[0].params.x: must be a finite number, not .inf"
        ),
        .steps(
            "- {name: s, type: subprocess}",
            "3:3: steps[0]: a subprocess needs a 'workflow_id', the name of the workflow to run"),
        .steps(
            "- {name: s, type: subprocess, workflow_id: w}",
            "3:3: steps[0]: the workflow runs itself as a subprocess, which never ends"),
        .steps(
            "- {name: s, type: wait}", "3:3: steps[0]: a wait needs 'params' with 'seconds' or 'duration'"),
        .steps(
            "- {name: s, type: wait, params: {minutes: 5}}",
            "3:33: steps[0].params: a wait needs 'seconds' or 'duration', one of them",
            "3:34: steps[0].params: unknown key 'minutes'; allowed: seconds, duration"),
        .steps(
            "- {name: s, type: circuit_breaker, params: {failure_treshold: 5, reset_timeout: never}}",
            "3:45: steps[0].params: unknown key 'failure_treshold' (did you mean 'failure_threshold'?)",
            "3:81: steps[0].params.reset_timeout: 'never' is no duration; write seconds or a text such as 90s, 15m, 1h30m"
        ),
        .steps(
            "- {name: s, type: notify, circuit_breaker: {failure_threshold: 0}}",
            "3:64: steps[0].circuit_breaker.failure_threshold: 0 is out of range; allowed: 1 to 1000000"),
        .steps(
            "- {name: s, type: join, compensate: notify}",
            "3:25: steps[0].compensate: a join does nothing that could be undone"),
        .steps(
            "- {name: s, type: notify, compensate: {params: {}}}",
            "3:39: steps[0].compensate: needs a 'type', the work that undoes the step"),
        .steps(
            "- {name: s, type: notify, compensate: notifi}",
            "3:39: steps[0].compensate: 'notifi' is no known type of work (did you mean 'notify'?)"),
        .steps(
            "- {name: s, type: notify, cache: {keys: [input.day]}}",
            "3:34: steps[0].cache: needs a 'lifetime', how long a result may be taken"),
        .steps(
            "- {name: s, type: notify, retry_delay: 5, retry: {base: 3, max: 1, jitter: 2}}",
            "3:50: steps[0].retry: the first wait of 3s is longer than the longest wait of 1s",
            "3:51: steps[0].retry.base: stands beside 'retry_delay', which says the same; keep one",
            "3:76: steps[0].retry.jitter: 2 is out of range; allowed: from 0 to 1"),
        .steps(
            "- {name: s, type: notify, retry: {max_retries: 3}}",
            "3:35: steps[0].retry: unknown key 'max_retries'; write 'max_retries' beside 'retry'"),
        .steps(
            "- {name: s, type: notify, priority: 11, agent: 7}",
            "3:37: steps[0].priority: 11 is out of range; allowed: 0 to 10, or CRITICAL, HIGH, MEDIUM, LOW",
            "3:48: steps[0].agent: must be text, not a number; put it in quotes: \"7\""),
    ]

    @Test(arguments: steps) func `are refused with everything that is wrong`(_ bad: BadDefinition) {
        #expect(Documents.problems(bad.text, bad.file) == bad.problems)
    }

    static let conditions: [BadDefinition] = [
        .steps(
            "- {name: s, type: notify, condition: 'a = 1'}",
            "3:38: steps[0].condition: column 3 of the condition: '=' compares nothing; write '=='"),
        .steps(
            "- {name: s, type: notify, condition: 5}",
            "3:38: steps[0].condition: must be text, not a number; put it in quotes: \"5\""),
        .steps(
            "- {name: c, type: classify}\n- {name: s, type: notify, condition: category == 'urgant'}",
            "4:38: steps[1].condition: column 13 of the condition: 'urgant' never occurs here (did you mean 'urgent'?)"),
        .steps(
            "- {name: c, type: classify}\n- {name: s, type: notify, condition: catgory == 'urgent'}",
            "4:38: steps[1].condition: the condition reads 'catgory', which nothing before puts out (did you mean 'category'?); write 'input.catgory' for what the run is given"
        ),
        .steps(
            "- {name: n, type: news_analysis}\n- {name: s, type: notify, condition: steps.n.sentiment > '1'}",
            "4:38: steps[1].condition: column 19 of the condition: '>' cannot compare a number with text"),
        .steps(
            "- {name: news, type: news_analysis}\n- {name: s, type: notify, condition: steps.nws.sentiment > 1}",
            "4:38: steps[1].condition: the condition reads 'steps.nws.sentiment', but there is no 'nws' (did you mean 'news'?)"
        ),
        .steps(
            "- {name: n, type: news_analysis}\n- {name: s, type: notify, condition: results.n.sentimant > 1}",
            "4:38: steps[1].condition: column 1 of the condition: 'results.n' has no 'sentimant' (did you mean 'sentiment'?)"
        ),
        .steps(
            "- {name: s, type: notify, condition: steps.n.sentiment > 1}\n- {name: n, type: news_analysis}",
            "3:38: steps[0].condition: the condition reads 'steps.n.sentiment', but 'n' is not settled before; add it to the dependencies"
        ),
        .steps(
            "- {name: b, type: circuit_breaker}\n- {name: s, type: conditional, condition: circuit_status == 'close', actions: [notify, plan]}",
            "4:43: steps[1].condition: column 19 of the condition: 'close' never occurs here (did you mean 'closed'?)"),
        .steps(
            "- {name: n, type: news_analysis}\n- {name: s, type: notify, condition: n.sentiment > '1' or t.x}\n- {name: t, type: plan}",
            "4:38: steps[1].condition: the condition reads 't.x', but 't' is not settled before; add it to the dependencies",
            "4:38: steps[1].condition: column 13 of the condition: '>' cannot compare a number with text",
            "4:38: steps[1].condition: column 22 of the condition: 't' has no 'x'; known: rounds"),
        .steps(
            "- {name: ask, type: approval}\n- {name: s, type: notify, condition: ask.approvd and approved == 1}",
            "4:38: steps[1].condition: column 1 of the condition: 'ask' has no 'approvd' (did you mean 'approved'?)",
            "4:38: steps[1].condition: column 26 of the condition: '==' is always false: true or false never equals a number"
        ),
        .steps(
            "- {name: s, type: conditional, actions: [notify]}", "3:3: steps[0]: a conditional step needs a 'condition'"
        ),
        .steps(
            "- {name: s, type: conditional, condition: x > 1}",
            "3:3: steps[0]: a conditional step needs 'actions', the work to be done"),
        .steps(
            "- {name: s, type: conditional, condition: x > 1, actions: []}",
            "3:59: steps[0].actions: is empty; name at least one type of work"),
        .steps(
            "- {name: s, type: conditional, condition: x > 1, actions: notify}",
            "3:59: steps[0].actions: must be a list, not text"),
        .steps(
            "- {name: s, type: conditional, condition: x > 1, actions: [notify], compensate: notify, params: {a: 1}}",
            "3:69: steps[0].compensate: a conditional step does no work of its own; give 'compensate' to an action",
            "3:89: steps[0].params: a conditional step does no work of its own; give 'params' to an action"),
        .steps(
            "- {name: s, type: conditional, condition: x > 1, actions: [notify, notify]}",
            "3:68: steps[0].actions[1]: 's/notify' is the name of more than one task"),
        .steps(
            "- {name: s, type: conditional, condition: x > 1, actions: [{name: a}, conditional, {type: join}, subprocess]}",
            "3:60: steps[0].actions[0]: an action needs a 'type', the work to be done",
            "3:71: steps[0].actions[1]: an action cannot be a 'conditional'; make it a step of its own",
            "3:91: steps[0].actions[2].type: an action cannot be a 'join'; make it a step of its own",
            "3:98: steps[0].actions[3]: an action of the type 'subprocess' needs more than its name; write {type: subprocess, …}"
        ),
        .steps(
            "- {name: s, type: notify, actions: [plan], condition: x > 1}",
            "3:27: steps[0].actions: 'actions' belong to a step of the type 'conditional'; write 'type: conditional'"),
    ]

    @Test(arguments: conditions) func `with conditions are refused with everything that is wrong`(_ bad: BadDefinition)
    {
        #expect(Documents.problems(bad.text, bad.file) == bad.problems)
    }

    static let triggers: [BadDefinition] = [
        .trigger(
            "cron: '* * * * *'",
            "4:3: triggers[0]: a trigger needs a 'type'; allowed: breaking_news, manual, news_sentiment, price_change, schedule, volatility, volume_spike, webhook"
        ),
        .trigger(
            "type: shedule, cron: '* * * * *'",
            "4:10: triggers[0].type: 'shedule' is no type of trigger (did you mean 'schedule'?)"),
        .trigger("type: schedule", "4:3: triggers[0]: a trigger of the type 'schedule' needs 'cron'"),
        .trigger(
            "type: schedule, cron: '0 9 * *'",
            "4:26: triggers[0].cron: a cron expression has five fields, and this one has 4"),
        .trigger(
            "type: schedule, cron: '* * * * *', missed: never, time_zone: UTC",
            "4:47: triggers[0].missed: 'never' is not allowed here; allowed: skip, once, all",
            "4:54: triggers[0]: unknown key 'time_zone' (did you mean 'timezone'?)"),
        .trigger(
            "type: price_change, threshold: 0, direction: upp",
            "4:3: triggers[0]: a trigger of the type 'price_change' needs 'symbol'",
            "4:35: triggers[0].threshold: 0 is out of range; allowed: more than 0",
            "4:49: triggers[0].direction: 'upp' is not allowed here (did you mean 'up'?)"),
        .trigger(
            "type: volume_spike, symbol: AAPL, multiplier: two",
            "4:50: triggers[0].multiplier: must be a number, not text"),
        .trigger(
            "type: news_sentiment, keywords: [], sentiment_threshold: 1.5",
            "4:36: triggers[0].keywords: is empty; name at least one word",
            "4:61: triggers[0].sentiment_threshold: 1.5 is out of range; allowed: from 0 to 1"),
        .trigger(
            "type: webhook, cooldown: -1", "4:3: triggers[0]: a trigger of the type 'webhook' needs 'name'",
            "4:29: triggers[0].cooldown: -1 is out of range; allowed: 0 seconds or more"),
        .trigger("type: manual, symbol: AAPL", "4:18: triggers[0]: unknown key 'symbol'; allowed: type, cooldown"),
    ]

    @Test(arguments: triggers) func `and bad triggers are refused with everything that is wrong`(_ bad: BadDefinition) {
        #expect(Documents.problems(bad.text, bad.file) == bad.problems)
    }

    @Test func `the cron check that is handed in speaks for schedules`() {
        var options = Documents.checked
        options.cronProblem = { "'\($0)' in \($1) is not right" }
        let text = "name: w\nsteps: [{name: s, type: notify}]\ntriggers: [{type: schedule, cron: x}]"
        #expect(Documents.problems(text, "w.yaml", options) == ["3:35: triggers[0].cron: 'x' in UTC is not right"])
    }

    @Test func `unknown types are allowed where they should be`() {
        var options = Documents.checked
        let text = "name: w\nsteps: [{name: s, type: own_work}]"
        #expect(Documents.problems(text, "w.yaml", options).count == 1)
        options.allowUnknownTypes = true
        #expect(Documents.problems(text, "w.yaml", options) == [])
        #expect(Documents.problems(text, "w.yaml", DocumentOptions()) == [])
    }
}
