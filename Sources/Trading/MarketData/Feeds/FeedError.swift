public import Determinism
public import TradingModel

/// Why a feed or a bar builder cannot go on.
public enum FeedError: Error, Hashable, CustomStringConvertible {
    /// A bar of a series ends before the bar ahead of it; the index is the bar's place in its series.
    case timeWentBackwards(InstrumentID, index: Int, from: Timestamp, to: Timestamp)
    /// A cursor was taken from a feed over other data.
    case cursorFromOtherData(String)
    /// Bars of this length cannot be built or simulated.
    case lengthNotSupported(BarLength, reason: String)
    /// A bar crosses the border between two of the longer bars it should become part of.
    case barCrossesBorder(start: Timestamp, end: Timestamp, length: BarLength)
    /// A bar or trade came after a later one.
    case outOfOrder(Timestamp, after: Timestamp)

    public var description: String {
        switch self {
        case .timeWentBackwards(let id, let index, let from, let to):
            "bar \(index) of instrument \(id.index) ends at \(to), before the bar ahead of it (\(from)): "
                + "sort or repair the series"
        case .cursorFromOtherData(let difference):
            "the saved position belongs to other data (\(difference)): start the replay anew"
        case .lengthNotSupported(let length, let reason): "bars of \(length) are not possible: \(reason)"
        case .barCrossesBorder(let start, let end, let length):
            "the bar from \(start) to \(end) does not lie within one bar of \(length): use shorter bars"
        case .outOfOrder(let time, let previous): "data of \(time) came after data of \(previous): sort it by time"
        }
    }
}
