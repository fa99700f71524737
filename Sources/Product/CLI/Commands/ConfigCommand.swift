enum ConfigCommand {
    static let command = Command(
        "config", "Show or check the configuration", examples: [.init("bellwether config", "x")]
    ) { _ in .done }
}
