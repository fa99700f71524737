import Foundation
import Storage
import WorkflowModel

/// Where a page ended, as text that callers hand back and look into at their own risk.
///
/// It holds the list and the question it belongs to, so that one of another list is refused, and a digest, so that a
/// changed one is.
struct PageCursor: Sendable, Hashable {
    private static let version: Int64 = 1

    /// Which list, and the digest of the other arguments.
    let question: String
    /// Where the page ended, in the list's own terms.
    let position: [Value]

    init(_ question: String, at position: [Value]) {
        self.question = question
        self.position = position
    }

    /// Reads what `text` writes; nil for anything else.
    init?(_ text: String) {
        var padded = text.replacing("-", with: "+").replacing("_", with: "/")
        padded += String(repeating: "=", count: (4 - padded.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), data.count > 8 else { return nil }
        let (body, sum) = ([UInt8](data.dropLast(8)), [UInt8](data.suffix(8)))
        guard PageCursor.sum(body) == sum, let value = try? Value(json: body) else { return nil }
        guard value["v"]?.integer == PageCursor.version, let question = value["q"]?.text,
            let position = value["p"]?.list
        else { return nil }
        self.init(question, at: position)
    }

    var text: String {
        get throws {
            let value: Value = ["v": .integer(PageCursor.version), "q": .text(question), "p": .list(position)]
            let body = try value.json()
            return Data(body + PageCursor.sum(body)).base64EncodedString().replacing("+", with: "-")
                .replacing("/", with: "_").replacing("=", with: "")
        }
    }

    private static func sum(_ body: [UInt8]) -> [UInt8] { Array(Digest.of(body).bytes.prefix(8)) }
}
