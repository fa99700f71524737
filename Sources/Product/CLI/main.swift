import Foundation

Interruption.ignoreBrokenPipes()
let environment = ProcessInfo.processInfo.environment
let program = Program(root: CommandTree.root, version: CommandTree.version)
let code = await program.run(Array(CommandLine.arguments.dropFirst()), environment: environment) { isJSON, color in
    Console.system(environment: environment, isJSON: isJSON, color: color)
}
TerminalRestoration.restore()
exit(code.number)
