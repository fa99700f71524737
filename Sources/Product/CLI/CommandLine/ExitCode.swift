/// How the program ends.
struct ExitCode: Sendable, Hashable {
    /// What the shell sees.
    let number: Int32

    /// An exit code of one's own, such as 130 after an interruption.
    init(_ number: Int32) {
        self.number = number
    }

    /// Everything was done.
    static let done = ExitCode(0)
    /// It was tried and failed.
    static let failed = ExitCode(1)
    /// The command line was wrong; nothing was tried.
    static let wrongUse = ExitCode(2)
}
