import Configuration

/// Where a command speaks: results to standard output, everything else to standard error.
struct Console: Sendable {
    /// Results.
    let output: any OutputSink
    /// Errors, warnings, progress.
    let errors: any OutputSink
    /// What standard output can show.
    let profile: TerminalProfile
    /// What standard error can show.
    let errorProfile: TerminalProfile
    /// Whether results and errors are JSON for programs.
    let isJSON: Bool

    /// Styles for standard output.
    var style: Styler { Styler(isEnabled: profile.hasStyle && !isJSON) }

    /// Writes a line of result.
    func print(_ line: String = "") throws(OutputClosed) {
        try output.write(line + "\n")
    }

    /// Writes lines of result.
    func print(_ lines: [String]) throws(OutputClosed) {
        guard !lines.isEmpty else { return }
        try output.write(lines.joined(separator: "\n") + "\n")
    }

    /// Writes one object of result as a line of JSON.
    func print(_ object: JSONValue) throws(OutputClosed) {
        try output.write(object.line + "\n")
    }

    /// Tells of something that is no result; standard error, and silent once nobody reads it.
    func note(_ message: String) {
        try? errors.write("bellwether: \(message)\n")
    }

    /// Tells of an error in words, or as one object where programs read.
    func fail(_ message: String, code: String) {
        guard isJSON else {
            let label = Styler(isEnabled: errorProfile.hasStyle)("bellwether:", .red)
            try? errors.write("\(label) \(message)\n")
            return
        }
        let object: JSONValue = ["type": "error", "code": .text(code), "message": .text(message)]
        try? errors.write(object.line + "\n")
    }
}
