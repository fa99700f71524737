import Accounting

extension Targets.Line {
    /// True for ratios, false for shares that are shown as percent.
    private var isRatio: Bool { name.hasPrefix("Sharpe") }

    /// What was reached.
    var result: String {
        isRatio ? NumberText.decimal(actual) : NumberText.percent(actual, decimals: 1)
    }

    /// The target in words.
    var aim: String { isRatio ? target : WordedNumbers.percent(target) }

    /// The target in a few characters, `> 60 %`.
    var shortAim: String {
        aim.replacing("above", with: ">").replacing("below", with: "<").replacing(" % to ", with: "-")
    }

    /// The figure in one word.
    var shortName: String {
        switch name {
        case "maximum drawdown": "drawdown"
        case "annual return": "annual"
        case "Sharpe ratio": "Sharpe"
        default: name
        }
    }
}
