import Configuration

/// The one folder that holds a desk's state.
struct HomeFolder: Sendable, Hashable {
    /// The path, absolute unless a relative one was given.
    let path: String

    /// What `--home` names, else `~/.bellwether`; `BELLWETHER_HOME` stands in for the option.
    init(_ option: String?, environment: [String: String]) throws(CommandFailure) {
        if let option {
            path = HomeFolder.expanded(option, environment)
            return
        }
        guard let home = environment["HOME"], !home.isEmpty else {
            throw CommandFailure(
                "there is no home folder, since HOME is not set; give --home DIR or set BELLWETHER_HOME",
                code: "no_home")
        }
        path = home + "/.bellwether"
    }

    /// The path of something inside.
    func path(of name: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }

    /// A leading `~/`, which no shell expanded inside quotes or a variable.
    private static func expanded(_ path: String, _ environment: [String: String]) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = environment["HOME"], !home.isEmpty else { return path }
        return home + path.dropFirst()
    }
}
