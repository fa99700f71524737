import Foundation

/// `Measurements [SUITE[,SUITE…]] [FILE]`: runs suites, prints a table, writes the figures to a file.
func measure() throws {
    let suites: [(name: String, run: () throws -> [Measurement])] = [
        ("engine", EngineSuite.run), ("indicators", IndicatorSuite.run), ("pipeline", PipelineSuite.run),
        ("import", ImportSuite.run), ("store", StoreSuite.run), ("workflow", WorkflowSuite.run),
        ("queue", QueueSuite.run),
        ("desk", DeskSuite.run), ("server", ServerSuite.run),
    ]
    let arguments = Array(CommandLine.arguments.dropFirst())
    let names = suites.map(\.name)
    let wanted = arguments.first.map { $0.split(separator: ",").map(String.init) } ?? []
    let unknown = wanted.filter { !names.contains($0) }
    guard unknown.isEmpty else {
        print("no suite '\(unknown[0])'; there are: \(names.joined(separator: ", "))")
        exit(2)
    }
    try Machine.describe()
    var found: [Measurement] = []
    for suite in suites where wanted.isEmpty || wanted.contains(suite.name) {
        FileHandle.standardError.write(Data("measuring \(suite.name)…\n".utf8))
        found += try suite.run()
    }
    let report = Report(measurements: found)
    report.printTable()
    if arguments.count > 1 { try report.write(to: arguments[1]) }
}

do {
    try measure()
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
