import Determinism
import Testing

@testable import CLI

@Suite struct WrongUseTests {
    static let see = "\nsee 'bellwether backtest --help'"
    static let modes = "allowed: paper, live, backtest, research"
    static let spans = "allowed: a span of time such as 5m or 250ms, from 1s to 1d"

    static let cases: [(line: String, message: String)] = [
        ("bactest", "unknown command 'bactest', did you mean 'backtest'?\nsee 'bellwether --help'"),
        ("BACKTEST", "unknown command 'BACKTEST', did you mean 'backtest'?\nsee 'bellwether --help'"),
        ("back", "unknown command 'back', did you mean 'backtest'?\nsee 'bellwether --help'"),
        ("xyzzy", "unknown command 'xyzzy'\nsee 'bellwether --help'"),
        ("data", "'bellwether data' needs a command; allowed: import, list\nsee 'bellwether data --help'"),
        ("--json", "'bellwether' needs a command; allowed: backtest, data, flatten, fail\nsee 'bellwether --help'"),
        ("data imprt", "unknown command 'data imprt', did you mean 'import'?\nsee 'bellwether data --help'"),
        ("data foo", "unknown command 'data foo'; allowed: import, list\nsee 'bellwether data --help'"),
        ("help dta", "unknown command 'dta', did you mean 'data'?\nsee 'bellwether --help'"),
        ("help data exprot", "unknown command 'data exprot'; allowed: import, list\nsee 'bellwether data --help'"),
        ("--jsn", "unknown option '--jsn', did you mean '--json'?\nsee 'bellwether --help'"),
        ("--sybmols x", "unknown option '--sybmols'\nsee 'bellwether --help'"),
        ("-x", "unknown option '-x'\nsee 'bellwether --help'"),
        ("backtest", "argument <strategy> is missing: Strategy document" + see),
        ("backtest --cash 5", "argument <strategy> is missing: Strategy document" + see),
        ("backtest x y", "'y' is one argument too many for 'bellwether backtest'" + see),
        ("backtest x -- --y", "'--y' is one argument too many for 'bellwether backtest'" + see),
        (
            "backtest x --sybmols A",
            "unknown option '--sybmols' for 'bellwether backtest', did you mean '--symbols'?" + see
        ),
        ("backtest x --sym A", "unknown option '--sym' for 'bellwether backtest', did you mean '--symbols'?" + see),
        ("backtest x --hlep", "unknown option '--hlep' for 'bellwether backtest', did you mean '--help'?" + see),
        ("backtest x --Cash=5", "unknown option '--Cash' for 'bellwether backtest', did you mean '--cash'?" + see),
        ("backtest x -z", "unknown option '-z' for 'bellwether backtest'" + see),
        ("backtest x -qz", "unknown option '-z' for 'bellwether backtest'" + see),
        ("backtest x --=5", "unknown option '--' for 'bellwether backtest'" + see),
        ("backtest x --cash", "option '--cash' needs a value: --cash N" + see),
        ("backtest x -s", "option '--symbols' needs a value: --symbols SYMBOL,..." + see),
        (
            "backtest x --cash --json",
            "option '--cash' needs a value before '--json'; write --cash=--json if that is its value" + see
        ),
        (
            "backtest x --cash -q",
            "option '--cash' needs a value before '-q'; write --cash=-q if that is its value" + see
        ),
        ("backtest x --cash 5 --cash 6", "option '--cash' is given twice; allowed: once" + see),
        ("backtest x --cash abc", "option '--cash': 'abc' is no number; allowed: a number, more than 0" + see),
        ("backtest x --cash -5", "option '--cash': '-5' is out of range; allowed: a number, more than 0" + see),
        ("backtest x --cash=", "option '--cash': '' is no number; allowed: a number, more than 0" + see),
        ("backtest x --cash .inf", "option '--cash': '.inf' is out of range; allowed: a number, more than 0" + see),
        ("backtest x --cash 1,000", "option '--cash': '1,000' is no number; allowed: a number, more than 0" + see),
        (
            "backtest x --workers 0",
            "option '--workers': '0' is out of range; allowed: a whole number from 1 to 64" + see
        ),
        (
            "backtest x -w2.5",
            "option '--workers': '2.5' is no whole number; allowed: a whole number from 1 to 64" + see
        ),
        (
            "backtest x -w 99999999999999999999",
            "option '--workers': '99999999999999999999' is no whole number; allowed: a whole number from 1 to 64" + see
        ),
        ("backtest x --mode papr", "option '--mode': 'papr' is not known, did you mean 'paper'?; " + modes + see),
        ("backtest x --mode fast", "option '--mode': 'fast' is not known; " + modes + see),
        ("backtest x -m", "option '--mode' needs a value: --mode MODE" + see),
        (
            "backtest x --from 2014-02-30",
            "option '--from': '2014-02-30' is no date; allowed: a day such as 2014-01-31, or a year, 1700 to 2250" + see
        ),
        (
            "backtest x --from yesterday",
            "option '--from': 'yesterday' is no date; allowed: a day such as 2014-01-31, or a year, 1700 to 2250" + see
        ),
        (
            "backtest x --until 25:00",
            "option '--until': '25:00' is no time; allowed: a time such as 2014-01-31T21:00:00Z" + see
        ),
        (
            "backtest x --until 9999-01-01",
            "option '--until': '9999-01-01' is no time; allowed: a time such as 2014-01-31T21:00:00Z" + see
        ),
        ("backtest x --bar 5", "option '--bar': '5' has no unit; " + spans + see),
        ("backtest x --bar 5y", "option '--bar': '5y' is no span of time; " + spans + see),
        ("backtest x --bar 2d", "option '--bar': '2d' is out of range; " + spans + see),
        ("backtest x --symbols A,,B", "option '--symbols': the text is empty; allowed: at least one character" + see),
        ("backtest x --verbose=yes", "flag '--verbose' takes no value" + see),
        ("backtest x --color blue", "option '--color': 'blue' is not known; allowed: auto, always, never" + see),
        ("backtest x --\u{1B}[31m", "unknown option '--\\u{1b}[31m' for 'bellwether backtest'" + see),
        ("data import", "argument <file> is missing: Files with bars\nsee 'bellwether data import --help'"),
        (
            "data list many",
            "argument <limit>: 'many' is no whole number; allowed: a whole number from 0 to 100\nsee 'bellwether data list --help'"
        ),
        ("flatten", "option '--account' is missing: Whose money\nsee 'bellwether flatten --help'"),
    ]

    @Test(arguments: cases) func `says what is wrong and where help is`(line: String, message: String) {
        let tokens = line.split(separator: " ").map(String.init)
        do throws(UsageError) {
            _ = try ArgumentParser.parse(tokens, root: SampleProgram.root)
            Issue.record("accepted: \(line)")
        } catch {
            #expect(error.description == message)
        }
    }

    @Test func `names the variable that is wrong`() {
        do throws(UsageError) {
            _ = try ArgumentParser.parse(["backtest", "x"], root: SampleProgram.root, environment: ["WORKERS": "many"])
            Issue.record("accepted")
        } catch {
            #expect(
                error.message == "environment WORKERS: 'many' is no whole number; allowed: a whole number from 1 to 64")
        }
    }

    @Test func `no command line traps`() {
        let words = [
            "backtest", "data", "import", "--", "-", "--cash", "--cash=", "-m", "-mpaper", "5", "-5", "--json", "=",
            "--=",
            "-=", "--from=2014-01-02", "é", "", "-é", "--set", "help", "-s=", "9999999999999999999999", "--until",
            "0000-01-01",
        ]
        var random = SeededRandom(seed: 4)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...6, using: &random)
            let tokens = (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
            _ = try? ArgumentParser.parse(tokens, root: SampleProgram.root)
        }
    }
}
