import Configuration
import Foundation
import Testing

@testable import CLI

@Suite struct SettingsTests {
    private func load(_ text: String, environment: [String: String] = [:]) throws -> LoadedSettings {
        let folder = try TemporaryFolder()
        let file = try folder.write(text, to: "bellwether.yaml")
        let home = try HomeFolder(folder.path, environment: [:])
        return try LoadedSettings.load(home: home, file: file, environment: environment)
    }

    private func problems(_ text: String, environment: [String: String] = [:]) throws -> [String] {
        do {
            _ = try load(text, environment: environment)
            return []
        } catch let error as ConfigurationError {
            return error.problems.map { [$0.path, $0.message].compactMap { $0 }.joined(separator: ": ") }
        }
    }

    private var example: String {
        URL(filePath: #filePath).appending(path: "../../../../../bellwether.example.yaml").standardized.path
    }

    @Test func `the example holds every key with its default`() throws {
        let home = try HomeFolder("/nowhere", environment: [:])
        let loaded = try LoadedSettings.load(home: home, file: example, environment: [:])
        #expect(loaded.settings == Settings())
        let unwritten = loaded.values.filter { $0.origin == .default }.map(\.path)
        #expect(unwritten == [])
    }

    @Test func `the configuration that the product was conceived with is read`() throws {
        let settings = try load(
            """
            gpu_nodes:
              gpu-node:
                host: "192.168.1.177"
                port: 8080
                models:
                  - fingpt-7b
                  - stockgpt-7b
                gpu_memory: "8GB"
            cpu_nodes:
              cpu-node1:
                host: "192.168.1.81"
                port: 8082
                services:
                  - langgraph_orchestrator
                  - workflow_engine
            trading:
              risk_management:
                max_position_size: 0.1  # 10% of portfolio
                stop_loss_percentage: 0.05  # 5%
                take_profit_percentage: 0.15  # 15%
              execution:
                max_slippage: 0.001  # 0.1%
                execution_delay: 100  # milliseconds
              symbols:
                stocks:
                  - "AAPL"
                crypto:
                  - "BTC/USDT"
            """
        ).settings
        #expect(settings.gpuNodes.map(\.name) == ["gpu-node"])
        #expect(settings.gpuNodes.first?.models == ["fingpt-7b", "stockgpt-7b"])
        #expect(settings.gpuNodes.first?.gpuMemory == "8GB")
        #expect(settings.cpuNodes.first?.services == ["langgraph_orchestrator", "workflow_engine"])
        #expect(settings.trading.execution.executionDelay == .milliseconds(100))
        #expect(settings.trading.symbols.stocks == ["AAPL"])
        #expect(settings.trading.riskManagement == RiskSettings())
    }

    @Test func `what is shown can be read again and is the same`() throws {
        let first = try load(
            """
            gpu_nodes: {a: {host: h, models: ["x, y", "1"]}}
            trading: {capital: 2.5e6, execution: {volume_participation: null, execution_delay: 1.5s}}
            pipeline: {every: 90s, optimiser: risk_parity}
            simulation: {speed: max, instruments: 150}
            """)
        let text = SettingsPage.lines(first.values).joined(separator: "\n")
        let second = try load(text)
        #expect(second.settings == first.settings)
        #expect(second.settings.simulation.speed == nil)
        #expect(text.contains("not used yet"))
    }

    @Test func `the environment overrides the file under its short and its full names`() throws {
        let environment = [
            "MARKET_OPEN_TIME": "10:00", "MARKET_CLOSE_TIME": "15:30", "TIMEZONE": "Europe/Berlin",
            "LOG_LEVEL": "DEBUG",
            "MAX_CONCURRENT_TASKS": "10", "DEFAULT_TASK_TIMEOUT": "300", "WORKFLOW_TIMEOUT": "2h", "MAX_RETRIES": "0",
            "RETRY_BASE_DELAY": "0.5", "RETRY_MAX_DELAY": "30", "METRICS_ENABLED": "false",
            "ALERT_WEBHOOK_URL": "https://hooks.example/T0KEN", "MAX_POSITION_SIZE": "0.2",
            "BELLWETHER_TRADING_SYMBOLS_STOCKS": "SPY, QQQ", "BELLWETHER_HOME": "/x",
        ]
        let loaded = try load("market: {open_time: '08:00'}", environment: environment)
        let settings = loaded.settings
        #expect(settings.market.openTime == "10:00" && settings.market.closeTime == "15:30")
        #expect(settings.market.timezone == "Europe/Berlin")
        #expect(settings.logging.level == .debug)
        #expect(settings.workflow.maxConcurrentTasks == 10 && settings.workflow.maxRetries == 0)
        #expect(settings.workflow.workflowTimeout == .seconds(7200))
        #expect(settings.workflow.retryBaseDelay == .milliseconds(500))
        #expect(settings.monitoring.metricsEnabled == false)
        #expect(settings.monitoring.alertWebhookURL?.reveal() == "https://hooks.example/T0KEN")
        #expect(settings.trading.riskManagement.maxPositionSize == 0.2)
        #expect(settings.trading.symbols.stocks == ["SPY", "QQQ"])
        let page = SettingsPage.lines(loaded.values).joined(separator: "\n")
        #expect(!page.contains("T0KEN"))
        #expect(page.contains("# environment MAX_POSITION_SIZE"))
        #expect(page.contains("# environment BELLWETHER_TRADING_SYMBOLS_STOCKS"))
    }

    @Test(arguments: [
        (
            "trading: {capital: 0}",
            "trading.capital: '0' is out of range; allowed: a number, more than 0 up to 10000000000"
        ),
        (
            "trading: {symbols: {stocks: ['A B']}}",
            "trading.symbols.stocks: 'A B' is no symbol; allowed: 1 to 40 letters, digits and . - _ / : ^ ="
        ),
        (
            "trading: {symbols: {stocks: [], crypto: []}}",
            "trading.symbols.stocks: nothing is traded; name a stock or a pair"
        ),
        (
            "trading: {execution: {execution_delay: -1}}",
            "trading.execution.execution_delay: '-1' is no span of time; allowed: a span of time such as 5m or 250ms, or a number of milliseconds, from 0s to 1h"
        ),
        (
            "trading: {risk_management: {allow_short: yes}}",
            "trading.risk_management.allow_short: 'yes' is neither true nor false; allowed: true, false"
        ),
        (
            "trading: {risk_management: {volatility_threshold: 0.9}}",
            "trading.risk_management.volatility_threshold: 0.9 is more than volatility_halt; allowed: up to 0.8"
        ),
        (
            "market: {timezone: Mars/Olympus}",
            "market.timezone: 'Mars/Olympus' is no time zone; allowed: a name such as America/New_York or UTC"
        ),
        ("market: {open_time: 9:30}", "market.open_time: '9:30' is no time of day; allowed: 00:00 to 23:59"),
        (
            "pipeline: {optimiser: risk_party}",
            "pipeline.optimiser: 'risk_party' is not known, did you mean 'risk_parity'?; allowed: minimum_variance, risk_parity"
        ),
        (
            "pipeline: {every: 5}",
            "pipeline.every: '5' has no unit; allowed: a span of time such as 5m or 250ms, from 1s to 52w1d"
        ),
        (
            "simulation: {speed: fast}",
            "simulation.speed: 'fast' is no number; allowed: a number, more than 0 up to 1000000, or max"
        ),
        ("logging: {level: loud}", "logging.level: 'loud' is not known; allowed: debug, info, warning, error"),
        (
            "workflow: {retry_max_delay: 1ms}",
            "workflow.retry_max_delay: 1ms is less than retry_base_delay; allowed: 1s or more"
        ),
        ("gpu_nodes: {a: {port: 1}}", "gpu_nodes.a.host: is missing; allowed: a name or address"),
        (
            "monitoring: {alert_webhook_url: 'http://hooks.example/x'}",
            "monitoring.alert_webhook_url: the address (not shown) is of another machine and not encrypted; "
                + "allowed: https://, or alert_webhook_allow_http: true"
        ),
        (
            "risk_management: {max_daily_loss: 0.1}",
            "risk_management: no such key; did you mean 'trading.risk_management'?"
        ),
    ]) func `refuses what cannot be meant`(text: String, problem: String) throws {
        #expect(try problems(text) == [problem])
    }

    @Test func `a secret address is never quoted`() throws {
        let found = try problems("", environment: ["ALERT_WEBHOOK_URL": "ftp://T0KEN"])
        #expect(
            found == [
                "monitoring.alert_webhook_url: the address (not shown) is refused; allowed: one that begins with https://"
            ])
    }

    @Test func `the home folder is the option, else under the user's`() throws {
        #expect(try HomeFolder(nil, environment: ["HOME": "/root"]).path == "/root/.bellwether")
        #expect(try HomeFolder("~/desk", environment: ["HOME": "/root"]).path == "/root/desk")
        #expect(try HomeFolder("desk/", environment: [:]).path(of: "a") == "desk/a")
        #expect(throws: CommandFailure.self) { try HomeFolder(nil, environment: [:]) }
    }

    @Test func `a missing, odd or huge file is refused with words`() throws {
        let folder = try TemporaryFolder()
        let home = try HomeFolder(folder.path, environment: [:])
        func message(_ file: String) -> String? {
            do {
                _ = try LoadedSettings.load(home: home, file: file, environment: [:])
                return nil
            } catch { return String(describing: error) }
        }
        #expect(message("/nowhere/x.yaml") == "there is no file '/nowhere/x.yaml'")
        #expect(message(folder.path) == "'\(folder.path)' cannot be read: it is no regular file")
        let huge = try folder.write(String(repeating: "#\n", count: 600_000), to: "huge.yaml")
        #expect(message(huge) == "'\(huge)' is too large; allowed: up to 1048576 bytes")
    }
}
