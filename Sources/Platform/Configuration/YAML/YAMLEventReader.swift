internal import CYAML

/// What libyaml says next.
enum YAMLEvent {
    case streamStart, streamEnd, documentStart, documentEnd, sequenceEnd, mappingEnd, other
    case alias(String)
    case scalar(Scalar)
    case sequenceStart(YAMLProperties)
    case mappingStart(YAMLProperties)

    struct Scalar {
        let text: String
        let isPlain: Bool
        let properties: YAMLProperties
    }
}

/// The anchor and the tag before a node.
struct YAMLProperties {
    let anchor: String?
    let tag: String?
}

/// Reads libyaml's events out of a copy of a text.
struct YAMLEventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ text: some Collection<UInt8>) throws(YAMLError) {
        bytes = .allocate(capacity: text.count)
        _ = bytes.initialize(from: text)
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            bytes.deallocate()
            throw YAMLError("there is not enough memory to read this", at: SourcePosition(line: 1, column: 1))
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        bytes.deallocate()
    }

    /// The next event and where it starts.
    mutating func next() throws(YAMLError) -> (event: YAMLEvent, position: SourcePosition) {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return (translated(event), SourcePosition(event.start_mark))
    }

    private func translated(_ event: yaml_event_t) -> YAMLEvent {
        switch event.type {
        case YAML_STREAM_START_EVENT: .streamStart
        case YAML_STREAM_END_EVENT: .streamEnd
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_END_EVENT: .mappingEnd
        case YAML_ALIAS_EVENT: .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: scalar(event)
        case YAML_SEQUENCE_START_EVENT:
            .sequenceStart(properties(event.data.sequence_start.anchor, event.data.sequence_start.tag))
        case YAML_MAPPING_START_EVENT:
            .mappingStart(properties(event.data.mapping_start.anchor, event.data.mapping_start.tag))
        default: .other
        }
    }

    private func scalar(_ event: yaml_event_t) -> YAMLEvent {
        let scalar = event.data.scalar
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        return .scalar(
            YAMLEvent.Scalar(
                text: String(decoding: bytes, as: UTF8.self),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                properties: properties(scalar.anchor, scalar.tag)))
    }

    private func properties(
        _ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?
    ) -> YAMLProperties {
        YAMLProperties(anchor: string(anchor), tag: string(tag))
    }

    private func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        text.map { String(cString: $0) }
    }

    private func failure() -> YAMLError {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "this is no YAML"
        if state.error == YAML_READER_ERROR { return YAMLError(problem, at: position(ofByte: state.problem_offset)) }
        guard let context = state.context.map({ String(cString: $0) }) else {
            return YAMLError(problem, at: SourcePosition(state.problem_mark))
        }
        let place = state.context_mark.line < state.problem_mark.line ? " in line \(state.context_mark.line + 1)" : ""
        return YAMLError("\(problem) (\(context)\(place))", at: SourcePosition(state.problem_mark))
    }

    /// The reader's errors carry an offset in place of a mark.
    private func position(ofByte offset: Int) -> SourcePosition {
        let before = bytes.prefix(max(0, min(offset, bytes.count)))
        let lines = before.count { $0 == UInt8(ascii: "\n") }
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return SourcePosition(line: lines + 1, column: before.count - lineStart + 1)
    }
}

extension SourcePosition {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: mark.line + 1, column: mark.column + 1)
    }
}
