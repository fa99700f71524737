import Foundation

let suites: [(name: String, run: () throws -> [Measurement])] = [
    ("engine", EngineSuite.run)
]

let only = CommandLine.arguments.dropFirst().first
let chosen = suites.filter { suite in only.map { suite.name == $0 } ?? true }
guard !chosen.isEmpty else {
    print("no suite '\(only ?? "")'; there are: \(suites.map(\.name).joined(separator: ", "))")
    exit(2)
}
for suite in chosen {
    for measurement in try suite.run() {
        print(measurement.name, measurement.value, measurement.min, measurement.max, measurement.unit)
    }
}
