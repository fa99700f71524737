import Foundation
import Testing
import WorkflowModel

@testable import DeskCommands

/// Pages of lists.
@Suite struct PageCursorTests {
    private let items = (1...7).map { Value.object(["id": .text("item-\($0)")]) }

    private func request(_ arguments: [String: Value], _ list: String = "things") throws -> PageRequest {
        try PageRequest(list, CommandArguments(arguments))
    }

    private func names(_ page: Value) -> [String] { (page["items"]?.list ?? []).compactMap { $0["id"]?.text } }

    @Test func `a cursor reads back what it was made from`() throws {
        let cursor = PageCursor("things:1", at: [7, "x"])
        #expect(PageCursor(try cursor.text) == cursor)
        #expect(try cursor.text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
    }

    @Test func `a cursor that was changed in any place is refused`() throws {
        let text = try PageCursor("things:1", at: [7, "x"]).text
        for place in text.indices {
            var other = text
            other.replaceSubrange(place...place, with: text[place] == "A" ? "B" : "A")
            // The last letter may hold bits that mean nothing.
            if let read = PageCursor(other) { #expect(read == PageCursor(text)) }
        }
        for other in ["", "x", "====", String(repeating: "A", count: 400), String(text.dropLast(4)), text + "AAAA"] {
            #expect(PageCursor(other) == nil)
        }
    }

    @Test func `pages follow each other without gaps and end`() throws {
        var (seen, cursor): ([String], Value?) = ([], nil)
        var pages = 0
        repeat {
            var arguments: [String: Value] = ["limit": 3]
            if let cursor { arguments["cursor"] = cursor }
            let page = try request(arguments).slice(of: items, by: ["id"])
            seen += names(page)
            cursor = page["next"] == .null ? nil : page["next"]
            pages += 1
        } while cursor != nil && pages < 10
        #expect(seen == (1...7).map { "item-\($0)" })
        #expect(pages == 3)
    }

    @Test func `what comes in front in the meantime moves nothing`() throws {
        let first = try request(["limit": 3]).slice(of: items, by: ["id"])
        let more = [Value.object(["id": "item-0"])] + items
        let second = try request(["limit": 3, "cursor": first.field("next")]).slice(of: more, by: ["id"])
        #expect(names(second) == ["item-4", "item-5", "item-6"])
    }

    @Test func `a cursor of another list or of other filters is refused`() throws {
        let next = try request(["limit": 3, "state": "open"]).slice(of: items, by: ["id"]).field("next")
        #expect(throws: CommandProblem.self) { try request(["cursor": next, "state": "open"], "others") }
        #expect(throws: CommandProblem.self) { try request(["cursor": next, "state": "done"]) }
        #expect(throws: CommandProblem.self) { try request(["cursor": "rubbish", "state": "open"]) }
        // How many are wanted is no filter.
        _ = try request(["cursor": next, "state": "open", "limit": 5])
    }

    @Test func `a cursor whose position is of another sort is refused`() throws {
        let text = try request(["limit": 1]).page([], endingAt: ["a", "b", "c"]).field("next")
        let request = try request(["cursor": text])
        #expect(throws: CommandProblem.self) { try request.numbers(1) }
        #expect(throws: CommandProblem.self) { try request.numberAndText() }
    }
}
