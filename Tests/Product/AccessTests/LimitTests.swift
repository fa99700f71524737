import Determinism
import Testing

@testable import Access

@Suite struct LimitTests {
    private let start = Timestamp(nanoseconds: 1_800_000_000_000_000_000)

    @Test func `the tenth failure within a minute makes a peer wait until the minute is over`() {
        var limit = FailureLimit()
        for second in 0..<9 { limit.failed("a", at: start + .seconds(second)) }
        #expect(limit.wait(of: "a", at: start + .seconds(9)) == nil)
        limit.failed("a", at: start + .seconds(9))
        #expect(limit.wait(of: "a", at: start + .seconds(10)) == .seconds(50))
        #expect(limit.wait(of: "b", at: start + .seconds(10)) == nil)
        #expect(limit.wait(of: "a", at: start + .seconds(60)) == nil)
        limit.failed("a", at: start + .seconds(60))
        #expect(limit.wait(of: "a", at: start + .seconds(61)) == nil)
    }

    @Test func `a clock that is set back locks nobody out`() {
        var limit = FailureLimit()
        for _ in 0..<10 { limit.failed("a", at: start) }
        #expect(limit.wait(of: "a", at: start - .seconds(3600)) == nil)
        #expect(limit.wait(of: "a", at: start) != nil)
    }

    @Test func `many peers take no more than a bounded room, and the newest are remembered`() {
        var limit = FailureLimit(most: 1, peers: 100)
        for number in 0..<1000 { limit.failed("\(number)", at: start + .milliseconds(number)) }
        #expect(limit.wait(of: "999", at: start + .seconds(1)) != nil)
        #expect(limit.count <= 100)
        var same = FailureLimit(most: 1, peers: 100)
        for number in 0..<1000 { same.failed("\(number)", at: start) }
        #expect(same.count <= 100)
    }

    @Test func `a caller may burst, then goes on at the steady rate`() {
        var limiter = RateLimiter(perSecond: 10, burst: 20)
        var now = start
        #expect((0..<25).filter { _ in limiter.take("a", at: now).isAllowed }.count == 20)
        #expect(limiter.take("b", at: now).isAllowed)
        let refused = limiter.take("a", at: now)
        #expect(refused.remaining == 0)
        #expect(refused.wait == .milliseconds(100))
        now = now + .seconds(1)
        #expect((0..<25).filter { _ in limiter.take("a", at: now).isAllowed }.count == 10)
        now = now + .seconds(3600)
        let first = limiter.take("a", at: now)
        #expect(first.limit == 20 && first.remaining == 19)
    }

    @Test func `a clock that is set back gives nothing away and takes nothing`() {
        var limiter = RateLimiter(perSecond: 1, burst: 2)
        _ = limiter.take("a", at: start)
        _ = limiter.take("a", at: start)
        #expect(!limiter.take("a", at: start - .seconds(100)).isAllowed)
        #expect(limiter.take("a", at: start - .seconds(99)).isAllowed)
    }

    @Test func `many callers take no more than a bounded room`() {
        var limiter = RateLimiter(perSecond: 1, burst: 1, callers: 100)
        for number in 0..<1000 { _ = limiter.take("\(number)", at: start) }
        #expect(limiter.count <= 100)
    }
}
