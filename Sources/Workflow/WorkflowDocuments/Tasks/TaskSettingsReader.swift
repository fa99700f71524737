internal import Configuration
internal import WorkflowModel

/// Reads what every task may say besides what it does: limits, retries, undoing, caching.
struct TaskSettingsReader {
    let options: DocumentOptions
    let types: WorkTypes

    func apply(_ section: Section, to task: inout TaskDefinition) {
        if let agent = section["agent"]?.name() { task.agent = agent }
        if let priority = section["priority"]?.priority() { task.priority = priority }
        if let timeout = section["timeout"]?.duration() { task.timeout = timeout }
        task.retry = retry(section, task.retry)
        if let element = section["compensate"] { task.compensation = compensation(element) }
        if let element = section["cache"] { task.cache = cache(element) }
        if let element = section["circuit_breaker"], let policy = Section(element, "a circuit breaker") {
            task.breaker = breaker(policy)
        }
    }

    private func retry(_ section: Section, _ held: RetryPolicy) -> RetryPolicy {
        let attempts = section["max_retries"]?.whole(0...1_000).map { $0 + 1 } ?? held.attempts
        var (base, longest, jitter) = (held.base, held.longest, held.jitter)
        if let delay = section["retry_delay"]?.duration(allowingZero: true) { base = delay }
        if let element = section["retry"], let retry = Section(element, "retry") {
            retry.allow(["base", "max", "jitter"], instead: ["max_retries": "max_retries' beside 'retry"])
            if section["retry_delay"] != nil, retry["base"] != nil {
                retry.report("stands beside 'retry_delay', which says the same; keep one", at: "base")
            }
            base = retry["base"]?.duration(allowingZero: true) ?? base
            longest = retry["max"]?.duration(allowingZero: true) ?? longest
            jitter = retry["jitter"]?.number(.from(0, upTo: 1)) ?? jitter
            if base > longest, retry["max"] != nil || retry["base"] != nil {
                retry.report("the first wait of \(base.text) is longer than the longest wait of \(longest.text)")
            }
        }
        return RetryPolicy(attempts: attempts, base: base, longest: longest, jitter: jitter)
    }

    private func compensation(_ element: Element) -> Compensation? {
        guard element.node.entries != nil else {
            guard let type = element.name() else { return nil }
            types.check(type, at: element)
            return Compensation(type: type)
        }
        guard let section = Section(element, "compensate") else { return nil }
        section.allow(["type", "params"])
        guard let element = section["type"] else {
            section.report("needs a 'type', the work that undoes the step")
            return nil
        }
        guard let type = element.name() else { return nil }
        types.check(type, at: element)
        let params = section["params"]
        return Compensation(type: type, params: params.flatMap { $0.object() } ?? .object([:]))
    }

    private func cache(_ element: Element) -> CachePolicy? {
        guard element.node.entries != nil else {
            return element.duration().map { CachePolicy(keys: [], lifetime: $0) }
        }
        guard let section = Section(element, "cache") else { return nil }
        section.allow(["keys", "lifetime"])
        let keys = section["keys"]?.names()?.map(\.name) ?? []
        guard let lifetime = section["lifetime"] else {
            section.report("needs a 'lifetime', how long a result may be taken")
            return nil
        }
        return lifetime.duration().map { CachePolicy(keys: keys, lifetime: $0) }
    }

    func breaker(_ section: Section) -> BreakerPolicy {
        section.allow(["failure_threshold", "timeout_duration", "reset_timeout"])
        var policy = BreakerPolicy()
        if let count = section["failure_threshold"]?.whole(1...1_000_000) { policy.failureThreshold = count }
        if let timeout = section["timeout_duration"]?.duration() { policy.timeout = timeout }
        if let reset = section["reset_timeout"]?.duration() { policy.resetTimeout = reset }
        return policy
    }
}
