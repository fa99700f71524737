import Testing
import WorkflowModel

@Suite("Checking conditions before a run") struct ConditionCheckTests {
    static let shapes: [String: ValueShape] = [
        "category": .text(["urgent", "normal", "ignore"]), "count": .integer, "flag": .boolean,
        "words": .list(of: .text),
        "steps": .object(["analyze_news": .object(["sentiment": .number, "tags": .list])]), "data": .any,
    ]

    @Test(arguments: [
        ("category == 'urgant'", "column 13: 'urgant' never occurs here (did you mean 'urgent'?)"),
        ("'normle' == category", "column 1: 'normle' never occurs here (did you mean 'normal'?)"),
        ("category in ['urgent', 'never']", "column 24: 'never' never occurs here; known: urgent, normal, ignore"),
        ("category == 1", "column 10: '==' is always false: text never equals a number"),
        ("count != 'x'", "column 7: '!=' is always true: a number never equals text"),
        ("count < '3'", "column 7: '<' cannot compare a number with text"),
        ("flag > 1", "column 6: '>' compares numbers or texts, not true or false"),
        ("steps.analyse_news.sentiment > 1", "column 1: 'steps' has no 'analyse_news' (did you mean 'analyze_news'?)"),
        (
            "steps.analyze_news.sentimant > 1",
            "column 1: 'steps.analyze_news' has no 'sentimant' (did you mean 'sentiment'?)"
        ),
        ("category.x == 1", "column 1: 'category' is text and has no 'x'"),
        ("count[0] == 1", "column 1: 'count' is a number and has no element 0"),
        ("count", "column 1: the answer is a number, not true or false"),
        ("not count", "column 5: 'not' needs true or false, and this is a number"),
        ("words + 1 == 2", "column 7: '+' computes with numbers, not a list"),
        ("length(count) == 1", "column 1: length() measures text, a list or an object, not a number"),
        ("1 in count", "column 3: 'in' looks into a list, a text or an object, not a number"),
        ("'analyse_news' in steps", "column 1: 'analyse_news' never occurs here (did you mean 'analyze_news'?)"),
        ("catgory == 'x'", "column 1: nothing is called 'catgory' (did you mean 'category'?)"),
        ("max(flag) > 1", "column 1: max() takes numbers, not true or false"),
    ])
    func `what can never work is found`(_ text: String, _ message: String) throws {
        #expect(try Condition(text).problems(against: Self.shapes, complete: true).map(\.description) == [message])
    }

    @Test(arguments: [
        "category == 'urgent'", "data.x[1].y == 3", "data == 'x'", "'fda' in words", "words[0] == 'x'",
        "max(words) > 1",
        "steps.analyze_news.sentiment * 2 > count", "category == null", "exists(steps.analyze_news.tags)",
        "'an' in category", "flag == (count > 3)", "category == data",
    ])
    func `what may work is let be`(_ text: String) throws {
        #expect(try Condition(text).problems(against: Self.shapes, complete: true) == [])
    }

    @Test func `a name that nobody listed may be anything unless the list is complete`() throws {
        #expect(try Condition("other > 3").problems(against: Self.shapes) == [])
        #expect(try Condition("other > 3").problems(against: Self.shapes, complete: true).count == 1)
    }

    @Test func `every problem is told in the order of the text`() throws {
        let condition = try Condition("category == 'x1' and count == 'y1' or words")
        #expect(condition.problems(against: Self.shapes).map(\.column) == [13, 28, 39])
    }

    @Test func `names and paths say what is read`() throws {
        let condition = try Condition("steps.a.b > 1 and exists(results['x y'][0]) and [z, 'text'] == null")
        #expect(condition.names == ["steps", "results", "z"])
        #expect(Set(condition.paths.map(\.description)) == ["steps.a.b", "results['x y'][0]", "z"])
    }
}
