import Testing
import WorkflowModel

@Suite("Conditions") struct ConditionTests {
    static let known: [String: Value] = [
        "category": "urgent", "price": 101.5, "count": 3, "big": .integer(.max), "nothing": .null, "flag": true,
        "steps": ["analyze_news": ["sentiment": 0.72, "tags": ["fda", "earnings"]], "a/b": ["ok": true]],
        "results": ["a b": ["x": [7, 8]]], "name": "Straße",
    ]

    private func answer(_ text: String) throws -> Bool {
        try Condition(text).holds { Self.known[$0] }
    }

    @Test(arguments: [
        "category == 'urgent'", "category != \"normal\"", "not category == 'normal'", "! (category == 'normal')",
        "steps.analyze_news.sentiment >= 0.7", "results['a b'].x[0] == 7", "results[\"a b\"].x[1] - 1 == 7",
        "'fda' in steps.analyze_news.tags", "'ops' not in steps.analyze_news.tags", "'urg' in category",
        "'analyze_news' in steps", "'other' not in steps", "price > 100 and count < 5 or false",
        "price > 100 && count < 5 || false", "count in [1, 2, 3]", "3 == 3.0", "[1, 2] == [1.0, 2]",
        "1 + 2 * 3 == 7", "(1 + 2) * 3 == 9", "10 - 3 - 2 == 5", "7 / 2 == 3.5", "6 / 2 == 3", "-7 % 3 == -1",
        "-count == -3", "--count == 3", "1e3 == 1000", "abs(-2.5) == 2.5", "abs(-count) == 3", "min(3, 1, 2) == 1",
        "max(results['a b'].x) == 8", "length(category) == 6", "length([1, [2]]) == 2", "length(steps) == 2",
        "exists(category)", "not exists(nobody)", "steps['a/b'].ok", "flag", "'a' < 'b'", "'it\\'s' == \"it's\"",
        "9007199254740993 > 9007199254740992.0", "big < 1e19", "big >= 9223372036854774784.0", "'' in category",
        "'aab' in 'aaab'", "'abcabd' in 'abcabcabd'", "'b' not in 'aaaa'", "'ß' in name",
        "true or 1 / 0 == 1", "length(name) == 6", "steps.in == null",
    ])
    func `holds`(_ text: String) throws {
        #expect(try answer(text))
    }

    @Test(arguments: [
        "category == 'normal'", "1 == '1'", "'1' == 1", "true == 1", "price < 100", "count not in [1, 2, 3]",
        "false and 1 / 0 == 1", "0.1 + 0.2 == 0.3", "not flag",
    ])
    func `does not hold`(_ text: String) throws {
        #expect(try !answer(text))
    }

    @Test(arguments: [
        ("nobody == null", true), ("nobody == nothing", true), ("nobody != null", false), ("nobody == 1", false),
        ("nobody != 1", true), ("nobody < 1", false), ("not (nobody < 1)", false), ("nobody + 1 == null", true),
        ("steps.nobody.x[3] == null", true), ("category.x == null", true), ("nobody", false), ("not nobody", false),
        ("nobody or true", true), ("nobody and true", false), ("not (nobody and false)", true),
        ("nobody in [1, null]", true), ("nobody in [1]", false), ("1 in nobody", false), ("1 not in nobody", false),
        ("length(nobody) == null", true), ("min(1, nobody) == null", true), ("exists(nothing)", false),
        ("results['a b'].x[9] == null", true), ("nobody * 2 > 1 or count == 3", true),
    ])
    func `missing values do what is written about them`(_ text: String, _ expected: Bool) throws {
        #expect(try answer(text) == expected)
    }

    @Test(arguments: [
        ("count < 'three'", "column 7: '<' cannot compare a number with text"),
        ("category >= 1", "column 10: '>=' cannot compare text with a number"),
        ("flag < true", "column 6: '<' compares numbers or texts, and both sides are true or false"),
        ("count / 0 == 1", "column 7: the number right of '/' is 0"),
        ("1 % 0 == 1", "column 3: the number right of '%' is 0"),
        ("1.5 / 0.0 == 1", "column 5: the number right of '/' is 0"),
        ("big + 1 == 0", "column 5: 9223372036854775807 + 1 is too large for a whole number"),
        ("-big - 2 == 0", "column 6: -9223372036854775807 - 2 is too large for a whole number"),
        ("1e308 * 10 > 0", "column 7: 1e+308 * 10.0 is too large for a number"),
        ("category + 'x' == 'y'", "column 10: '+' computes with numbers, not text"),
        ("count and true", "column 1: 'and' needs true or false, and this is a number"),
        ("true and not category", "column 14: 'not' needs true or false, and this is text"),
        ("count + 1", "column 7: the answer is a number, not true or false"),
        ("1 in 2", "column 3: 'in' looks into a list, a text or an object, not a number"),
        ("1 in category", "column 3: only text can be in text, not a number"),
        ("length(1) == 1", "column 1: length() measures text, a list or an object, not a number"),
        ("abs('x') == 1", "column 1: abs() takes numbers, not text"),
    ])
    func `what cannot be answered is an error with its column`(_ text: String, _ message: String) throws {
        let condition = try Condition(text)
        let error = #expect(throws: ConditionError.self) { try condition.holds { Self.known[$0] } }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        ("", "column 1: the condition is empty"), ("   ", "column 1: the condition is empty"),
        ("a = 1", "column 3: '=' compares nothing; write '=='"), ("a & b", "column 3: '&' is unknown; write '&&'"),
        ("a ==", "column 5: the end stands where a value should be"),
        ("a == 'x", "column 6: the text that begins here has no closing '"),
        ("(a == 1", "column 8: the end stands where a ')' should close column 1"),
        ("a == 1)", "column 7: ')' stands where the condition should have ended"),
        ("a == True", "column 6: 'True' stands where a value should be; write 'true'"),
        ("a AND b", "column 3: 'AND' stands where the condition should have ended; write 'and'"),
        ("1 < a < 3", "column 7: comparisons cannot be chained; join two of them with 'and'"),
        ("size(a) > 1", "column 1: there is no function 'size'; known: exists(), length(), abs(), min(), max()"),
        ("length() > 1", "column 1: length() takes one value, not 0"),
        ("min() > 1", "column 1: min() takes at least one value, not 0"),
        ("a. == 1", "column 4: '==' stands where a name should follow the dot"),
        ("a[b] == 1", "column 3: 'b' stands where a quoted name or a place counted from 0 should be"),
        ("a[-1] == 1", "column 3: '-' stands where a quoted name or a place counted from 0 should be"),
        ("[1, 2 == 1", "column 11: the end stands where a ',' or ']' should follow (from column 1)"),
        ("a == 12abc", "column 8: a number and a name stand together; put a space between them"),
        ("a == 9223372036854775808", "column 6: the number is too large"),
        ("a == 1e999", "column 6: the number is too large"),
        (
            "a == '\\q'",
            "column 7: only \\\\, \\', \\\", \\n and \\t may follow a backslash; write \\\\ for a backslash"
        ),
        ("a == '\u{1B}[2J'", "column 7: the character \\u{1b} must not stand in a condition"),
        ("a ; b", "column 3: ';' has no meaning here"), ("é == ß # x", "column 8: '#' has no meaning here"),
    ])
    func `text that makes no sense is refused with its column`(_ text: String, _ message: String) {
        let error = #expect(throws: ConditionError.self) { try Condition(text) }
        #expect(error?.description == message)
    }
}
