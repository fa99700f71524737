import DeskCommands
import WorkflowModel

/// An answer of the desk as people read it, laid out by its schema: facts on lines, lists of things as tables.
struct AnswerPage {
    /// The columns of the table under a name, `items` for a page's; without an entry there are all that hold something.
    var columns: [String: [String]] = [:]
    let width: Int
    var style: Styler = .plain

    /// The lines of an answer.
    func lines(_ answer: Value, _ schema: ValueSchema) -> [String] {
        guard case .object(let properties) = schema.bare else { return [AnswerPage.text(answer)] }
        let facts = FactLines.of(facts(answer, properties, under: ""), style: style)
        let tables = properties.compactMap { section(answer, $0, isAlone: facts.isEmpty) }
        return Array(([facts] + tables).filter { !$0.isEmpty }.joined(separator: [""]))
    }

    // MARK: Facts

    private func facts(_ value: Value, _ properties: [ValueSchema.Property], under title: String) -> [FactLines.Fact] {
        properties.flatMap { property -> [FactLines.Fact] in
            let name = title + property.name.replacing("_", with: " ")
            guard let found = value[property.name], property.schema.element == nil else { return [] }
            guard case .object(let inner) = property.schema.bare else {
                return property.isCursor ? [] : [(name, AnswerPage.text(found, as: property.schema))]
            }
            return facts(found, inner, under: "\(name) ")
        }
    }

    // MARK: Tables

    private func section(_ answer: Value, _ property: ValueSchema.Property, isAlone: Bool) -> [String]? {
        guard case .object(let shape) = property.schema.element, let rows = answer[property.name]?.list else {
            return nil
        }
        let title = isAlone ? [] : [style(property.name.replacing("_", with: " "), .bold)]
        guard !rows.isEmpty else { return title + ["none"] }
        return title + table(rows, shown(rows, shape, columns[property.name]))
    }

    private func shown(
        _ rows: [Value], _ shape: [ValueSchema.Property], _ wanted: [String]?
    ) -> [ValueSchema.Property] {
        guard let wanted else {
            return shape.filter { property in
                property.schema.isPlain && rows.contains { ($0[property.name] ?? .null) != .null }
            }
        }
        return wanted.compactMap { name in shape.first { $0.name == name } }
    }

    private func table(_ rows: [Value], _ columns: [ValueSchema.Property]) -> [String] {
        var table = Table(
            columns.map {
                let title = $0.name.replacing("_", with: " ")
                return $0.schema.isNumber ? .number(title) : .text(title)
            })
        for row in rows { table.add(columns.map { Table.Cell(AnswerPage.text(row[$0.name] ?? .null, as: $0.schema)) }) }
        return table.lines(width: width, style: style)
    }

    /// A value in words; a whole number is written as the other numbers of its schema are.
    private static func text(_ value: Value, as schema: ValueSchema) -> String {
        guard case .number = schema.bare, case .integer(let number) = value else { return text(value) }
        return text(.number(Double(number)))
    }

    /// A value in words; what is absent is `-`.
    static func text(_ value: Value) -> String {
        switch value {
        case .null: "-"
        case .boolean(let truth): truth ? "yes" : "no"
        case .integer(let number): "\(number)"
        case .number(let number): NumberText.decimal(number, decimals: number != 0 && number.magnitude < 1 ? 4 : 2)
        case .text(let text): text
        case .list(let elements): elements.isEmpty ? "-" : elements.map(text).joined(separator: ", ")
        case .object: JSONValue(value).line
        }
    }
}

extension ValueSchema {
    /// The shape itself, without its name and whether it may be null.
    fileprivate var bare: ValueSchema {
        switch self {
        case .named(_, let inner), .nullable(let inner): inner.bare
        default: self
        }
    }

    /// The shape of what a list holds, where that is an object; nil for everything else.
    fileprivate var element: ValueSchema? {
        guard case .list(let element, _) = bare, case .object = element.bare else { return nil }
        return element.bare
    }

    fileprivate var isPlain: Bool {
        switch bare {
        case .boolean, .integer, .number, .text: true
        default: false
        }
    }

    fileprivate var isNumber: Bool {
        switch bare {
        case .integer, .number: true
        default: false
        }
    }
}

extension ValueSchema.Property {
    /// Whether it tells where a list goes on.
    fileprivate var isCursor: Bool { name == "next" }
}
