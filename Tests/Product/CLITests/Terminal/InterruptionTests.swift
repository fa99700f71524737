import Foundation
import Synchronization
import Testing

@testable import CLI

@Suite struct InterruptionTests {
    @Test func `the first signal asks, the second ends at once`() async {
        let ended = Mutex<[Int32]>([])
        let heard = Mutex<[Interruption.Signal]>([])
        let interruption = Interruption { code in ended.withLock { $0.append(code.number) } }
        interruption.onRequest { wish in heard.withLock { $0.append(wish) } }
        #expect(!interruption.isRequested)
        interruption.receive(.interrupt)
        #expect(interruption.isRequested)
        #expect(interruption.requested == .interrupt)
        #expect(ended.withLock { $0 } == [])
        interruption.receive(.terminate)
        #expect(ended.withLock { $0 } == [143])
        #expect(heard.withLock { $0 } == [.interrupt])
        interruption.onRequest { wish in heard.withLock { $0.append(wish) } }
        #expect(heard.withLock { $0 } == [.interrupt, .interrupt])
        #expect(await interruption.wait() == .interrupt)
    }

    @Test func `waiting ends with the signal or with the task`() async {
        let interruption = Interruption { _ in }
        async let wish = interruption.wait()
        interruption.receive(.terminate)
        #expect(await wish == .terminate)
        let other = Interruption { _ in }
        let task = Task { await other.wait() }
        task.cancel()
        #expect(await task.value == nil)
    }

    @Test func `real signals arrive, and two end the process with 130`() async {
        await #expect(processExitsWith: .exitCode(130)) {
            let interruption = Interruption()
            interruption.watch()
            kill(getpid(), SIGINT)
            guard await interruption.wait() == .interrupt else { exit(1) }
            kill(getpid(), SIGINT)
            while true { pause() }
        }
    }

    @Test func `restoring happens once and for what was not removed`() {
        let calls = Mutex(0)
        let kept = TerminalRestoration.add { calls.withLock { $0 += 1 } }
        let removed = TerminalRestoration.add { calls.withLock { $0 += 100 } }
        TerminalRestoration.remove(removed)
        TerminalRestoration.restore()
        TerminalRestoration.restore()
        TerminalRestoration.remove(kept)
        #expect(calls.withLock { $0 } == 1)
    }

    @Test func `writing to a pipe that nobody reads throws`() throws {
        Interruption.ignoreBrokenPipes()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let sink = DescriptorSink(ends[1])
        try sink.write("abc")
        close(ends[0])
        #expect(throws: OutputClosed(failure: nil)) { try sink.write("def") }
        close(ends[1])
    }

    @Test func `a full disk is a failure and no quiet end`() async {
        let program = Program(root: SampleProgram.root, version: "1")
        let errors = MemorySink()
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let code = await program.run(["--version"], environment: [:]) { isJSON, _ in
            Console(
                output: DescriptorSink(full), errors: errors, profile: .pipe, errorProfile: .pipe, isJSON: isJSON)
        }
        #expect(code == .failed)
        #expect(errors.text == "bellwether: the output cannot be written: No space left on device\n")
    }
}
