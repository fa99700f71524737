import Accounting
import Determinism
import RiskControl
import Testing
import TradingModel

@testable import CLI

@Suite struct BoardPageTests {
    /// A board with something of everything.
    private static func board() -> Board {
        var board = Board(name: "simulated-00000001", time: "2020-03-13", pace: "4 days a second", barLength: "1d")
        (board.bars, board.allBars, board.left, board.instruments) = (45, 100, .seconds(12), 7)
        board.account = Board.Account(
            equity: 101_234.5, cash: 45_000, exposure: 0.555, dayProfit: -500, dayReturn: -0.005, lossLimit: 0.02,
            totalReturn: 0.0123, drawdown: 0.01, deepest: 0.02, orders: 3, fills: 2, refusals: 1)
        board.equity = [100_000, 101_000, 101_234.5]
        board.positions = (1...5).map { number in
            Board.Holding(
                symbol: "S\(number)", quantity: "10", average: 100, last: 110, value: 1100, profit: 100, share: 0.1,
                stop: 95, target: 130)
        }
        board.advice = [
            Board.Advice(
                time: "2020-03-13", isBuy: true, symbol: "S1", confidence: 0.72, target: 130, stop: 95,
                reason: "the average rose")
        ]
        board.log = (1...30).map { Board.Entry(time: "2020-03-13", kind: .filled, text: "BUY \($0) S1 at 100.00") }
        board.targets = Targets().compared(with: figures)
        return board
    }

    private static var figures: PerformanceFigures {
        let portfolio = Portfolio(cash: 100_000, instruments: 1)
        guard
            let figures = try? PerformanceFigures(
                curve: EquityCurve(), trades: TradeLedger(instruments: 1), portfolio: portfolio)
        else { preconditionFailure("no amount overflows") }
        return figures
    }

    private func lines(_ board: Board, _ width: Int, _ height: Int, style: Styler = .plain) -> [String] {
        BoardPage(board, BoardPage.Look(style: style)).lines(width: width, height: height)
    }

    @Test func `says at once that it is paper on a simulated market`() {
        for (width, height) in [(130, 40), (80, 24), (40, 10), (30, 3)] {
            #expect(lines(Self.board(), width, height)[0].hasPrefix("PAPER · SIMULATED market"))
        }
        var replay = Self.board()
        replay.isSimulated = false
        #expect(lines(replay, 80, 24)[0].hasPrefix("PAPER · replay  ACTIVE  2020-03-13  4 days a second"))
    }

    @Test func `fits any size and fills it, whatever the data are called`() {
        var nasty = Self.board()
        nasty.name = "日本語\u{1B}[2J\r\n"
        nasty.trading = .halted("数字\u{7}\u{1B}[31m loss")
        nasty.positions[0].symbol = "日本\n"
        nasty.advice[0].reason = "🚀\u{1B}[H to the moon \u{202E}"
        nasty.log[29].text = "rejected: \u{9B}2J 残高不足"
        for board in [Self.board(), nasty, Board()] {
            for width in [1, 2, 10, 39, 40, 80, 119, 120, 130, 250] {
                for height in [1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 13, 24, 40, 70] {
                    for style in [Styler.plain, Styler(isEnabled: true)] {
                        let lines = lines(board, width, height, style: style)
                        #expect(lines.count == max(1, height - 1))
                        #expect(lines.allSatisfy { StyledLine.width($0) <= width })
                        #expect(lines.allSatisfy { StyledLine.fitted($0, to: width) == $0 })
                    }
                }
            }
        }
    }

    @Test func `a halt is red and says why and what lifts it`() {
        var board = Self.board()
        let loss = HaltReason.dailyLoss(start: 100_000, equity: 97_900, limit: 0.02)
        board.trading = StateText.of(.halted(loss))
        let styled = lines(board, 120, 24, style: Styler(isEnabled: true))
        #expect(styled[0].contains("\u{1B}[31mHALTED") || styled[0].contains("HALTED\u{1B}[0m"))
        #expect(
            lines(board, 120, 24)[2]
                == "daily loss: -2,100.00 (-2.10 %) today, the limit is 2.0 %; the next day lifts it")
        board.trading = .reduceOnly("lunch")
        #expect(lines(board, 80, 24)[0].contains("REDUCE-ONLY"))
    }

    @Test func `shows the account beside its daily loss limit`() {
        let page = lines(Self.board(), 130, 24)
        #expect(
            page[1] == "██████████████████░░░░░░░░░░░░░░░░░░░░░░  45 %  12s left  45 of 100 bars of 1d  7 instruments")
        #expect(
            page[2]
                == "Equity 101,234.50  Day -500.00 (-0.50 %)  Return +1.23 %  Cash 45,000.00  Exposure 55.5 %")
        #expect(
            page[3] == "Daily loss limit 2.0 %  ██░░░░░░  25 % used  Drawdown 1.00 %, deepest 2.00 %  "
                + "3 orders, 2 fills, 1 refused")
        #expect(
            page[4] == "Targets  accuracy - (> 60 %)  annual - (15-25 %)  drawdown - (< 15 %)  Sharpe - (> 1.5)")
    }

    @Test func `positions give way by columns and then by rows, and the count of the rest stays`() {
        let sections = BoardSections(Self.board(), BoardPage.Look())
        let wide = sections.positions(100, 6)
        #expect(wide[0] == "Position  Quantity  Average    Last     Value     Open    Open %   Stop  Target")
        #expect(wide[1] == "S1              10   100.00  110.00  1,100.00  +100.00  +10.00 %  95.00  130.00")
        #expect(sections.positions(20, 6)[1] == "S1        +10.00 %")
        #expect(sections.positions(100, 4).last == "and 3 more")
        #expect(BoardSections(Board(), BoardPage.Look()).positions(100, 3)[1] == "nothing is held")
    }

    @Test func `the log ends with the newest that fits`() {
        let log = BoardSections(Self.board(), BoardPage.Look()).log(60, 4, hasTitle: true)
        #expect(log[0] == "Verdicts, orders and fills")
        #expect(log[3] == "2020-03-13  filled     BUY 30 S1 at 100.00")
        #expect(log[1].contains("BUY 28"))
    }

    @Test func `nothing but ASCII on a terminal without Unicode`() {
        let page = BoardPage(Self.board(), BoardPage.Look(unicode: false)).lines(width: 130, height: 40)
        #expect(page.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
    }
}
