import Foundation
import WorkflowDocuments
import WorkflowModel

/// What the tests read documents with.
enum Documents {
    /// Types of work with what they are told and put out.
    static let catalog = StepCatalog([
        "news_analysis": StepType(
            "Reads news", params: ["symbols": .optional(.list(of: .text))],
            outputs: .object(["sentiment": .number, "headlines": .list])),
        "technical_analysis": StepType("Computes indicators", params: ["indicators": .optional(.list(of: .text))]),
        "signal_generation": StepType(
            "Draws signals", params: ["threshold": .required(.number), "mode": .optional(.text(["fast", "slow"]))],
            outputs: .object(["signal": .text(["BUY", "SELL", "HOLD"]), "confidence": .number])),
        "trade_execution": StepType("Trades", params: ["risk_limit": .optional(.number)]),
        "classify": StepType(
            "Sorts into categories", params: ["categories": .optional(.list(of: .text))],
            outputs: .object(["category": .text(["urgent", "normal", "ignore"])])),
        "notify": StepType("Tells somebody", takesOthers: true, outputs: .object([:])),
        "plan": StepType(
            "Plans", params: ["rounds": .optional(.integer), "limits": .optional(.object(["most": .number]))],
            outputs: .object(["rounds": .integer])),
    ])

    static var checked: DocumentOptions {
        var options = DocumentOptions()
        options.catalog = catalog
        options.calendars = ["XNYS", "XLON"]
        return options
    }

    /// The problems of a text without the file's name.
    static func problems(_ text: String, _ name: String = "w.yaml", _ options: DocumentOptions = checked) -> [String] {
        WorkflowDocument.read(text, name: name, options: options).problems.map {
            String($0.description.dropFirst(name.count + 1))
        }
    }

    static let examples = URL(filePath: #filePath).appending(path: "../../../../examples/workflows").standardized.path
}
