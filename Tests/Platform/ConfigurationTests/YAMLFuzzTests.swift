import Configuration
import Determinism
import Testing

@Suite struct YAMLFuzzTests {
    static let seedText = """
        gpu_nodes: &n
          gpu-node: {host: "192.168.1.177", port: 8080, models: [a, 'b', "c\\n"]}
        other: *n
        trading:
          risk_management:
            max_position_size: 0.1  # 10%
          text: |
            several
            lines
          folded: >-
            one
            line
          ? key
          : !!str 12
        """

    @Test func `never traps on random bytes`() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...200, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            _ = try? YAMLDocument.parse(bytes)
        }
    }

    @Test func `never traps on random marks`() {
        let marks = Array("{}[]:,-?&*!|>'\"#%@ \n\t~<=.0a1\\".utf8)
        var random = SeededRandom(seed: 2)
        for _ in 0..<5000 {
            let count = Int.random(in: 0...120, using: &random)
            let bytes = (0..<count).map { _ in marks[Int.random(in: 0..<marks.count, using: &random)] }
            _ = try? YAMLDocument.parse(bytes)
        }
    }

    @Test func `never traps on a document cut or changed anywhere`() {
        let bytes = Array(Self.seedText.utf8)
        for end in bytes.indices { _ = try? YAMLDocument.parse(bytes[..<end]) }
        var random = SeededRandom(seed: 3)
        for _ in 0..<5000 {
            var changed = bytes
            for _ in 0..<3 {
                changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? YAMLDocument.parse(changed)
        }
    }

    @Test func `the seed text itself is read`() throws {
        #expect(try YAMLDocument.parse(Self.seedText.utf8)["other"]?["gpu-node"]?["port"]?.raw == "8080")
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "[", "{", "? ", "- ", "a: ", "&a ", "*a ", "'", "\"", "| ", "a,", "[a,", "{a:", "!a ", "#", "\n", " ",
            "[]: ", "{}, ",
        ])
    func `a quarter of a megabyte of one mark neither traps nor hangs`(mark: String) {
        let text = String(repeating: mark, count: 262_144 / mark.utf8.count)
        _ = try? YAMLDocument.parse(text.utf8)
        _ = try? YAMLDocument.parse(("[" + text).utf8)
        _ = try? YAMLDocument.parse(("a: {" + text).utf8)
    }
}
