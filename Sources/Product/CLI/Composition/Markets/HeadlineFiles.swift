import Determinism
import Foundation
import TradingModel
import TradingStore

/// Reads files of headlines: JSON with a list `news` of objects with `ticker`, `title`, `source` and `date`.
enum HeadlineFiles {
    private struct Document: Decodable {
        let news: [Item]
    }

    private struct Item: Decodable {
        let ticker: String
        let title: String
        let source: String?
        let date: String
    }

    /// The headlines of files, which may be packed with gzip or zip.
    static func read(_ paths: [String]) throws -> [Headline] {
        try paths.flatMap { path in
            let packed = try PackedFile.read(path)
            return try headlines(Data(packed.bytes), path)
        }
    }

    private static func headlines(_ bytes: Data, _ path: String) throws -> [Headline] {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: bytes)
        } catch {
            throw CommandFailure(
                "\(path) holds no headlines: expected JSON with a list 'news' of objects with ticker, title and date",
                code: "news")
        }
        return try document.news.enumerated().map { index, item in
            guard let symbol = Symbol(item.ticker), let time = Timestamp(item.date) else {
                throw CommandFailure(
                    "\(path): headline \(index + 1) has no usable ticker or date ('\(item.ticker.prefix(40))', "
                        + "'\(item.date.prefix(40))')", code: "news")
            }
            return Headline(published: time, symbols: [symbol], title: item.title, source: item.source ?? "")
        }
    }
}
