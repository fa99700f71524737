import Configuration
import Testing

@Suite struct ConfigurationReaderTests {
    private struct Outcome {
        var values: [String: String] = [:]
        var problems: [String] = []
    }

    private func read(
        _ text: String, environment: [String: String] = [:], overrides: [ConfigurationSources.Override] = []
    ) throws -> Outcome {
        let root = try ConfigurationSources.tree(of: text.utf8, named: "desk.yaml")
        let reader = ConfigurationReader(
            ConfigurationSources(
                file: ("desk.yaml", root), environment: environment, overrides: overrides, environmentPrefix: "DESK_",
                reservedVariables: ["DESK_HOME"]))
        let trading = reader.root.section("trading")
        let capital = trading.value("capital", .number(.above(0)), default: 100, variables: "CAPITAL")
        let floor = trading.value("floor", .number(.above(0)), default: 50)
        if floor > capital { trading.conflict("floor", "must not exceed capital") }
        _ = trading.section("symbols").value("stocks", .list(of: .text), default: ["AAPL"])
        _ = trading.value("delay", .duration(unit: "ms"), default: .zero)
        _ = trading.value("hook", ValueKind.text.optional, default: nil)
        for (_, node) in reader.root.namedSections("nodes") { _ = node.value("port", .integer(1...65535), default: 1) }
        var outcome = Outcome()
        do throws(ConfigurationError) {
            for value in try reader.finish() {
                outcome.values[value.path.joined(separator: ".")] = "\(value.yaml) # \(value.origin)"
            }
        } catch {
            outcome.problems = error.problems.map(\.description)
        }
        return outcome
    }

    @Test func `a value remembers what set it, options over environment over file`() throws {
        let text = "trading:\n  capital: 200\n"
        #expect(try read("").values["trading.capital"] == "100 # default")
        #expect(try read(text).values["trading.capital"] == "200 # desk.yaml:2")
        let environment = ["CAPITAL": "300"]
        #expect(try read(text, environment: environment).values["trading.capital"] == "300 # environment CAPITAL")
        let both = ["CAPITAL": "300", "DESK_TRADING_CAPITAL": "400"]
        #expect(try read(text, environment: both).values["trading.capital"] == "400 # environment DESK_TRADING_CAPITAL")
        let cash = ConfigurationSources.Override(path: "trading.capital", text: "500", option: "--cash")
        #expect(try read(text, environment: both, overrides: [cash]).values["trading.capital"] == "500 # --cash")
        #expect(try read(text, environment: ["CAPITAL": ""]).values["trading.capital"] == "200 # desk.yaml:2")
    }

    @Test func `collects every problem in the order of the file`() throws {
        let text = """
            trading:
              capital: lots
              symbols: {stocks: [AAPL, [x]], bonds: []}
              delay: 1x
              capitl: 3
            nodes:
              a: {port: 70000, host: x}
            trade: 1
            """
        let problems = try read(text).problems
        #expect(
            problems == [
                "desk.yaml:2:12: trading.capital: 'lots' is no number; allowed: a number, more than 0",
                "desk.yaml:3:21: trading.symbols.stocks: item 2 is no single value; allowed: a list of plain values",
                "desk.yaml:3:34: trading.symbols.bonds: no such key; allowed: stocks",
                "desk.yaml:4:10: trading.delay: '1x' is no span of time; allowed: a span of time such as 5m or 250ms,"
                    + " or a number of milliseconds",
                "desk.yaml:5:3: trading.capitl: no such key; did you mean 'capital'?",
                "desk.yaml:7:13: nodes.a.port: '70000' is out of range; allowed: a whole number from 1 to 65535",
                "desk.yaml:7:20: nodes.a.host: no such key; allowed: port",
                "desk.yaml:8:1: trade: no such key; allowed: trading, nodes",
            ])
    }

    @Test(arguments: [
        ("trading: 3", "desk.yaml:1:10: trading: a single value stands here; allowed: keys below it"),
        ("trading: [x]", "desk.yaml:1:10: trading: a list stands here; allowed: keys below it"),
        ("- x", "desk.yaml:1:1: the file must hold keys and values, such as `trading:`"),
        ("trading: {capital: [1]}", "desk.yaml:1:20: trading.capital: a list stands here; allowed: a single value"),
        ("trading: {capital: {a: 1}}", "desk.yaml:1:20: trading.capital: keys stand below it; allowed: a single value"),
        (
            "trading: {capital: }",
            "desk.yaml:1:20: trading.capital: 'null' is no number; allowed: a number, more than 0"
        ),
        ("trading: {floor: 500}", "desk.yaml:1:18: trading.floor: must not exceed capital"),
        ("capital: 5", "desk.yaml:1:1: capital: no such key; did you mean 'trading.capital'?"),
    ]) func `says what is wrong with a file`(text: String, problem: String) throws {
        #expect(try read(text).problems == [problem])
    }

    @Test func `names the variable or option that is wrong`() throws {
        #expect(
            try read("", environment: ["CAPITAL": "x"]).problems == [
                "environment CAPITAL: trading.capital: 'x' is no number; allowed: a number, more than 0"
            ])
        #expect(
            try read("", environment: ["DESK_TRADING_CAPITL": "5", "DESK_HOME": "/x"]).problems == [
                "environment DESK_TRADING_CAPITL: no such setting; did you mean 'DESK_TRADING_CAPITAL'?"
            ])
        let unknown = ConfigurationSources.Override(path: "a.b", text: "5", option: "--x")
        #expect(try read("", overrides: [unknown]).problems == ["--x: sets 'a.b', which is no setting"])
    }

    @Test func `nothing given is the default for lists and null for what is optional`() throws {
        let values = try read("trading: {hook: null, symbols: {stocks: }}").values
        #expect(values["trading.hook"] == "null # desk.yaml:1")
        #expect(values["trading.symbols.stocks"] == "[] # desk.yaml:1")
        #expect(try read("trading:\n").values["trading.symbols.stocks"] == "[AAPL] # default")
    }
}
