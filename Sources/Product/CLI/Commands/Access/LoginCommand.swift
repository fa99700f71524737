import Access
import Configuration
import DeskCommands
import Determinism

/// `bellwether login`: a link that opens the dashboard once.
enum LoginCommand {
    private static let role = Argument.option(
        "role", .oneOf(Role.self, "ROLE"), default: .admin, "What may be done there")

    static let command = Command(
        "login", "Print a link that opens the running desk's dashboard, once and within ten minutes",
        discussion: "Whoever opens the link first is let in for at most 12 hours; do not send it to others.",
        takes: [role.parameter],
        examples: [
            .init("bellwether login", "Open the dashboard"),
            .init("bellwether login --role viewer", "One that only looks"),
        ]
    ) { call in
        let home = try HomeFolder(try call.arguments[Program.Shared.home], environment: call.environment)
        guard let desk = try LocalToken.find(home: home.path) else {
            throw CommandFailure(
                "no desk serves \(home.path); start one with 'bellwether run' or 'bellwether serve' first",
                code: "unavailable")
        }
        let person = Person(DeskCalls.person(call), try call.arguments[role])
        let time = SystemTime()
        let token = try DeskCalls.store(home, time: time).sessionBook.createLink(for: person)
        let url = "\(desk.url)/login/\(token)"
        try call.console.isJSON
            ? call.console.print([
                "type": "login", "url": .text(url), "role": .text(person.role.rawValue),
                "expires_at": .text("\(time.now + SessionBook.linkLife)"),
            ])
            : call.console.print(url)
        return .done
    }
}
