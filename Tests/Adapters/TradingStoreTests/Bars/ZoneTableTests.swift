import Determinism
import MarketData
import Testing
import TradingStore

@Suite struct ZoneTableTests {
    @Test(arguments: [
        ("2020-03-08T01:59:59Z", -18_000), ("2020-03-08T03:00:00Z", -14_400), ("2020-07-01T09:30:00Z", -14_400),
        ("2020-11-01T01:30:00Z", -14_400), ("2020-11-01T02:00:00Z", -18_000), ("1999-12-31T23:59:00Z", -18_000),
    ]) func `New York's offset follows its changes of clock`(local: String, offset: Int64) throws {
        let zone = try #require(ZoneTable.zone("America/New_York"))
        let moment = try #require(Timestamp(local))
        #expect(zone.offset(moment.nanoseconds / 1_000_000_000) == offset)
    }

    @Test func `an hour that the clock skips has no offset`() throws {
        let zone = try #require(ZoneTable.zone("America/New_York"))
        let moment = try #require(Timestamp("2020-03-08T02:30:00Z"))
        #expect(zone.offset(moment.nanoseconds / 1_000_000_000) == nil)
    }

    @Test(arguments: ["", "EST", "Mars/Base", "UTC+3"]) func `knows no zone by another name`(name: String) {
        #expect(ZoneTable.zone(name) == nil)
    }
}
