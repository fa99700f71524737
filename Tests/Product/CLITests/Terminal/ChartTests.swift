import Testing

@testable import CLI

@Suite struct ChartTests {
    @Test func `a sparkline shows the way of values`() {
        #expect(Sparkline.text([1, 2, 3, 4, 5, 6, 7, 8], width: 8) == "▁▂▃▄▅▆▇█")
        #expect(Sparkline.text([1, 1, 8, 8], width: 2) == "▁█")
        #expect(Sparkline.text([5, 5, 5], width: 10) == "▅▅▅")
        #expect(Sparkline.text([1, .nan, 2], width: 3) == "▁ █")
        #expect(Sparkline.text([1, 2], width: 2, unicode: false) == "_#")
        #expect(Sparkline.text([], width: 5) == "")
        #expect(Sparkline.text([.infinity], width: 5) == "")
    }

    @Test func `a line chart rises with its values`() {
        let lines = LineChart([0, 1, 2, 3]).lines(width: 9, height: 2)
        #expect(lines == ["3 ┤ ⠀⠀⢀⠤⠊", "0 ┤ ⡠⠒⠁"])
        #expect(LineChart([0, 10]).lines(width: 7, height: 2, unicode: false) == ["10 |  *", " 0 | *"])
    }

    @Test func `charts keep to their room and take any values`() {
        let series: [[Double]] = [
            [], [1], [1, 1], [1, 2], [.nan], [1, .nan, 3], [.infinity, 1], [-1e308, 1e308],
            Array(repeating: 2, count: 5000),
            (0..<3000).map { Double($0 % 17) },
        ]
        for values in series {
            for width in [-1, 0, 1, 5, 8, 40, 200] {
                for height in [-1, 0, 1, 2, 3, 10] {
                    for unicode in [true, false] {
                        let lines = LineChart(values).lines(width: width, height: height, unicode: unicode)
                        #expect(lines.count <= max(0, height))
                        #expect(lines.allSatisfy { TextWidth.of($0) <= max(0, width) })
                    }
                }
                _ = BarChart.histogram(values, bins: height(of: width), width: width)
                _ = Sparkline.text(values, width: max(0, width))
            }
        }
    }

    private func height(of width: Int) -> Int { width / 4 }

    @Test func `bars are as long as their share`() {
        #expect(BarChart.bar(0.5, width: 4) == "██")
        #expect(BarChart.bar(0.3, width: 4) == "█▎")
        #expect(BarChart.bar(2, width: 4) == "████")
        #expect(BarChart.bar(.nan, width: 4) == "")
        #expect(BarChart.bar(0.5, width: 4, unicode: false) == "##")
        #expect(
            BarChart.lines([("a", 2, "2"), ("bb", 1, "1"), ("c", 0, "0")], width: 12) == [
                "a   2  █████", "bb  1  ██▌", "c   0",
            ])
    }

    @Test func `a histogram counts every finite value once`() {
        let lines = BarChart.histogram([1, 2, 2, 3, .nan], bins: 2, width: 30)
        #expect(lines == ["1 to 2  1  ██████▍", "2 to 3  3  ███████████████████"])
        #expect(BarChart.histogram([5, 5], bins: 3, width: 20).count == 1)
    }
}
