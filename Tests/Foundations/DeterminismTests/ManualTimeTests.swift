import Determinism
import Testing

@Suite struct ManualTimeTests {
    @Test func `wakes a sleeper when its deadline comes and not before`() async throws {
        let time = ManualTime()
        async let woken: Timestamp = {
            try await time.sleep(for: .seconds(10))
            return time.now
        }()
        let deadline = await time.nextDeadline()
        #expect(deadline == Timestamp(seconds: 10))
        time.advance(by: .seconds(25))
        #expect(try await woken == Timestamp(seconds: 25))
    }

    @Test func `a deadline that has passed does not wait`() async throws {
        let time = ManualTime(at: Timestamp(nanoseconds: 5))
        try await time.sleep(until: Timestamp(nanoseconds: 4))
    }

    @Test func `a cancelled sleeper throws`() async {
        let time = ManualTime()
        let sleeper = Task { try await time.sleep(for: .seconds(1)) }
        _ = await time.nextDeadline()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
