import Determinism
import Synchronization
import Testing

@testable import DeskCommands

@Suite struct ChainCheckTests {
    /// A chain whose walk takes two seconds.
    private final class LongChain: DecisionArchive {
        let walks = Mutex(0)
        let fails = Mutex(false)
        private let time: ManualTime

        init(_ time: ManualTime) { self.time = time }

        func records(_ query: RecordQuery) throws -> [ArchivedRecord] { [] }
        func record(_ sequence: Int64) throws -> ArchivedRecord? { nil }
        func head() throws -> (sequence: Int64, hash: String)? { (Int64(walks.withLock { $0 }), "00") }

        func fault() throws -> String? {
            walks.withLock { $0 += 1 }
            time.advance(by: .seconds(2))
            if fails.withLock({ $0 }) { throw CommandProblem(.failed, "the disk is gone") }
            return nil
        }
    }

    private let time = ManualTime(at: Timestamp(nanoseconds: 1_000_000_000_000))

    @Test func `many who ask at once cost one walk`() async throws {
        let (chain, check) = (LongChain(time), ChainCheck())
        try await withThrowingTaskGroup(of: Int64?.self) { group in
            for _ in 0..<50 {
                group.addTask { [time] in try await check.finding(in: chain, time: time).head?.sequence }
            }
            for try await sequence in group { #expect(sequence == 1) }
        }
        #expect(chain.walks.withLock { $0 } == 1)
    }

    @Test func `what was found stands for ten times as long as the walk took, and says from when it is`() async throws {
        let (chain, check) = (LongChain(time), ChainCheck())
        let began = time.now
        _ = try await check.finding(in: chain, time: time)
        time.advance(by: .seconds(19))
        #expect(try await check.finding(in: chain, time: time).checked == began)
        time.advance(by: .seconds(1))
        #expect(try await check.finding(in: chain, time: time).head?.sequence == 2)
    }

    @Test func `a walk that failed is told and not kept`() async throws {
        let (chain, check) = (LongChain(time), ChainCheck())
        chain.fails.withLock { $0 = true }
        do {
            _ = try await check.finding(in: chain, time: time)
            Issue.record("the failure is not told")
        } catch {
            #expect((error as? CommandProblem)?.message == "the disk is gone")
        }
        chain.fails.withLock { $0 = false }
        #expect(try await check.finding(in: chain, time: time).fault == nil)
        #expect(chain.walks.withLock { $0 } == 2)
    }
}
