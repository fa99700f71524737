import Foundation

let (requests, sender) = AsyncStream.makeStream(of: String.self)
let reader = Thread {
    while let line = readLine() { sender.yield(line) }
    sender.finish()
}
reader.start()
do {
    try await Worker(in: CommandLine.arguments[1]).serve(requests)
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}
