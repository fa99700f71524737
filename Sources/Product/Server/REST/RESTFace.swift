import DeskCommands
import Determinism
import Networking
import Telemetry
import WorkflowModel

/// The desk over HTTP: every request passes the same guards in the same order, and every answer leaves through one door.
final class RESTFace: HTTPHandler {
    let parts: ServerParts
    let router: Router
    let door: Doorkeeper
    let cache: AnswerCache
    let metrics: ServerMetrics
    let assets: AssetLibrary
    let calls: CallRunner
    let turns = CallerTurns()
    let commands: [String: DeskCommand]
    let welcomed = WelcomedCredentials()
    private let headers: AnswerHeaders
    private let traces: TraceMaker
    let openAPI: EncodedAnswer
    let isSecure: Bool

    init(_ parts: ServerParts, _ configuration: ServerConfiguration, assets: AssetLibrary, calls: CallRunner) throws {
        self.parts = parts
        self.assets = assets
        self.calls = calls
        commands = Dictionary(parts.catalog.map { ($0.name, $0) }) { first, _ in first }
        let routes = ServedRoute.all(
            commands: parts.catalog, hasMCP: parts.mcp != nil, hasMetrics: configuration.servesMetrics)
        router = Router(routes)
        let site = SiteGuard(address: configuration.address, allowedHosts: configuration.allowedHosts)
        door = Doorkeeper(site: site, gate: parts.gate)
        cache = AnswerCache(lifetime: configuration.answerLifetime) { [hub = parts.hub] in hub.newest }
        metrics = try ServerMetrics(parts.metrics)
        isSecure = configuration.tls != nil
        headers = AnswerHeaders(isSecure: isSecure)
        traces = TraceMaker(seed: parts.seed)
        openAPI = EncodedAnswer(OpenAPI.document(of: routes, version: configuration.version))
    }

    // MARK: - Ways in

    func answerAtOnce(_ request: HTTPRequest) -> HTTPResponse? {
        guard request.method == "GET" || request.method == "HEAD" else { return nil }
        var visit = begin(request)
        do {
            guard let response = try known(&visit) else { return nil }
            return finish(visit, response)
        } catch {
            return finish(visit, error)
        }
    }

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        var visit = begin(request)
        do {
            let response = try await serve(&visit)
            return finish(visit, response)
        } catch {
            return finish(visit, error)
        }
    }

    func refusal(_ refusal: HTTPRefusal) -> HTTPResponse {
        metrics.refused("http_\(refusal.reason.rawValue)")
        let code = refusal.status == 413 ? "too_large" : refusal.status == 503 ? "unavailable" : "invalid"
        let response = Problem(refusal.status, code, refusal.message).response(trace: traces.next())
        return headers.completing(response, isPage: false)
    }

    // MARK: - The way out

    func begin(_ request: HTTPRequest) -> Visit {
        let trace = request.headers["traceparent"].flatMap(TraceContext.init(traceparent:))?.trace.hex ?? traces.next()
        return Visit(request: request, trace: trace, started: parts.time.now)
    }

    func finish(_ visit: Visit, _ problem: Problem) -> HTTPResponse {
        metrics.refused(problem.code)
        return finish(visit, problem.response(trace: visit.trace))
    }

    func finish(_ visit: Visit, _ response: HTTPResponse) -> HTTPResponse {
        metrics.answered(visit, response.status, at: parts.time.now)
        var response = headers.completing(response, isPage: visit.isPage)
        for (name, value) in visit.headers { response.headers.add(name, value) }
        response.headers.add("X-Trace-Id", visit.trace)
        return response
    }

    // MARK: - What many ask for

    /// The answer to a read that somebody asked a moment ago; nil where it has to be made.
    private func known(_ visit: inout Visit) throws(Problem) -> HTTPResponse? {
        let request = visit.request
        guard request.path.hasPrefix("/api/") else { return try still(&visit) }
        try door.checkSite(request, isWrite: false)
        let visitor = try visitor(of: visit)
        let question = AnswerCache.Question(target: request.target, caller: visitor.caller)
        guard let entry = cache.known(question, at: visit.started) else { return nil }
        visit.route = entry.route
        try takeRate(of: visitor.bucket, &visit)
        return RESTFace.json(entry.answer, for: request)
    }

    /// Answers that are the same for everybody and need no waiting.
    private func still(_ visit: inout Visit) throws(Problem) -> HTTPResponse? {
        guard case .found(let route, let parameters) = router.match("GET", visit.request.segments) else { return nil }
        switch route.endpoint {
        case .live, .ready, .page, .asset:
            visit.route = route.path
            try door.checkSite(visit.request, isWrite: false)
            return try open(route.endpoint, parameters, &visit)
        default: return nil
        }
    }

    func takeRate(of bucket: String, _ visit: inout Visit) throws(Problem) {
        let rate = parts.gate.take(bucket, at: visit.started)
        visit.note(rate)
        guard rate.isAllowed else {
            throw Problem(
                429, "rate_limited", "Too many calls: \(rate.limit) at once are allowed. Wait \(max(1, rate.wait)) s.",
                headers: ["Retry-After": "\(max(1, rate.wait))"])
        }
    }

    static func json(_ answer: EncodedAnswer, for request: HTTPRequest) -> HTTPResponse {
        let response = HTTPResponse(
            status: 200, headers: ["Content-Type": "application/json", "ETag": answer.tag], body: .bytes(answer.bytes))
        return response.notModifiedIfMatching(request)
    }
}
