import Access
import Configuration
import DeskCommands
import Determinism
import Foundation
import Storage
import TradingDesk

/// `bellwether serve`: dashboard, API and workflows of a home where no desk runs.
enum ServeCommand {
    static let command = Command(
        "serve", "Serve the dashboard, the API and the home's workflows without running a desk",
        discussion: """
            Shows what the newest run came to, and runs workflows and backtests. 'bellwether run' serves the same beside \
            a running desk. Ctrl-C stops.
            """,
        takes: ServerOptions.placeParameters,
        examples: [
            .init("bellwether serve", "Look at the newest run in a browser"),
            .init("bellwether serve --port 0", "On any port that is free"),
        ],
        action: serve)

    private static func serve(_ call: Invocation) async throws -> ExitCode {
        let loaded = try LoadedSettings.load(call, overrides: ServerOptions.places(call))
        try PrivateFolder.make(loaded.home.path)
        let lock = try FolderLock(folder: loaded.home.path)
        defer { withExtendedLifetime(lock) {} }
        call.interruption.watch()
        let faces = try HomeFaces(call, loaded)
        try faces.announce(on: call.console)
        try await faces.serve()
        return .done
    }
}
