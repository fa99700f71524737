import Glibc

extension Console {
    /// Standard output and error of this process.
    static func system(
        environment: [String: String], isJSON: Bool, color: TerminalProfile.ColorChoice
    ) -> Console {
        Console(
            output: DescriptorSink(STDOUT_FILENO), errors: DescriptorSink(STDERR_FILENO),
            profile: TerminalProfile.detect(STDOUT_FILENO, environment: environment, color: color),
            errorProfile: TerminalProfile.detect(STDERR_FILENO, environment: environment, color: color),
            isJSON: isJSON)
    }
}
