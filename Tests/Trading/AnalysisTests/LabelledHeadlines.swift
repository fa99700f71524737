/// Finance headlines with labels; even rows may be looked at while tuning, odd rows only be measured.
struct LabelledHeadlines {
    /// A row of the file.
    struct Row {
        let text: String
        /// -1 bearish, 0 neutral, 1 bullish.
        let label: Int
    }

    let tuning: [Row]
    let held: [Row]

    init() throws {
        let rows = try LabelledHeadlines.rows()
        tuning = rows.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        held = rows.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }

    private static func rows() throws -> [Row] {
        let text = try DailyBars.text("news/twitter_financial_news_sentiment_valid.csv.gz")
        return records(text).dropFirst().compactMap { fields in
            guard fields.count == 2, let label = Int(fields[1]) else { return nil }
            return Row(text: fields[0], label: label == 2 ? 0 : label == 1 ? 1 : -1)
        }
    }

    /// Comma-separated records with quoted fields that may hold line ends.
    private static func records(_ text: String) -> [[String]] {
        var (records, fields, field) = ([[String]](), [String](), [UInt8]())
        var (isQuoted, wasQuote) = (false, false)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") {
                if isQuoted {
                    isQuoted = false; wasQuote = true
                } else {
                    if wasQuote { field.append(byte) }
                    isQuoted = true
                    wasQuote = false
                }
                continue
            }
            wasQuote = false
            if !isQuoted, byte == UInt8(ascii: ",") || byte == 10 {
                fields.append(String(decoding: field.filter { $0 != 13 }, as: UTF8.self))
                field = []
                if byte == 10 { records.append(fields); fields = [] }
            } else {
                field.append(byte)
            }
        }
        return records
    }
}

/// How often a score's side is the label's.
struct Confusion {
    private var counts = [[Int]](repeating: [0, 0, 0], count: 3)

    init(_ rows: [LabelledHeadlines.Row], _ score: (String) -> Double, threshold: Double) {
        for row in rows {
            let value = score(row.text)
            counts[row.label + 1][(value >= threshold ? 1 : value <= -threshold ? -1 : 0) + 1] += 1
        }
    }

    private var total: Int { counts.joined().reduce(0, +) }
    var accuracy: Double { Double(counts[0][0] + counts[1][1] + counts[2][2]) / Double(total) }
    var majority: Double { Double(counts.map { $0.reduce(0, +) }.max() ?? 0) / Double(total) }
    func precision(_ side: Int) -> Double {
        Double(counts[side + 1][side + 1]) / Double(max(1, counts.reduce(0) { $0 + $1[side + 1] }))
    }
    func recall(_ side: Int) -> Double {
        Double(counts[side + 1][side + 1]) / Double(max(1, counts[side + 1].reduce(0, +)))
    }
    var macroF1: Double {
        [-1, 0, 1].map { side in
            let (p, r) = (precision(side), recall(side))
            return p + r > 0 ? 2 * p * r / (p + r) : 0
        }.reduce(0, +) / 3
    }
    /// Of the headlines given a side, and that have one, the part given the right one.
    var sidePrecision: Double {
        let right = counts[0][0] + counts[2][2]
        return Double(right) / Double(max(1, right + counts[0][2] + counts[2][0]))
    }
    /// Of all headlines given a side the part given the right one.
    var directionalPrecision: Double {
        let given = counts.reduce(0) { $0 + $1[0] + $1[2] }
        return Double(counts[0][0] + counts[2][2]) / Double(max(1, given))
    }
    var summary: String {
        "accuracy \(accuracy) majority \(majority) macro-F1 \(macroF1) directional \(directionalPrecision) side \(sidePrecision) \(counts)"
    }
}
