import DeskCommands
import Networking
import Testing

@testable import Server

@Suite struct `Routes` {
    private let router = Router(ServedRoute.all(commands: FakeDesk.catalog, hasMCP: true))

    private func path(_ method: String, _ target: String) -> String? {
        let segments = HTTPRequest(method, target)?.segments ?? []
        guard case .found(let route, _) = router.match(method, segments) else { return nil }
        return route.path
    }

    @Test(arguments: [
        ("/api/status", "/api/status"), ("/api/status/", "/api/status"), ("//api//status", "/api/status"),
        ("/api/bars/x", "/api/bars/{symbol}"), ("/", "/"), ("/assets/js/app.js", "/assets/{file…}"),
    ])
    func `paths lead to their routes`(_ target: String, _ route: String) {
        #expect(path("GET", target) == route)
    }

    @Test(arguments: ["/api", "/api/bars", "/api/bars/a/b", "/assets", "/Api/status", "/api/status/more"])
    func `other paths lead nowhere`(_ target: String) {
        #expect(path("GET", target) == nil)
    }

    @Test func `every command is found under its own path`() {
        for command in FakeDesk.catalog {
            let target = command.route.path.replacing("{", with: "").replacing("}", with: "")
            #expect(path(command.route.method.rawValue, target) == command.route.path)
        }
    }

    @Test func `an encoded slash stays within its segment`() {
        let segments = HTTPRequest("GET", "/api/bars/BRK%2FB")?.segments ?? []
        guard case .found(_, let parameters) = router.match("GET", segments) else {
            Issue.record("not found")
            return
        }
        #expect(parameters == ["symbol": "BRK/B"])
    }
}
