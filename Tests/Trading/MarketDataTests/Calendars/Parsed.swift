import Determinism
import Testing

/// Dates and times written as text in a test; the test fails where the text is neither.
enum Parsed {
    static func day(_ text: String) throws -> CivilDate {
        try #require(CivilDate(text))
    }

    static func time(_ text: String) throws -> Timestamp {
        try #require(Timestamp(text))
    }
}
