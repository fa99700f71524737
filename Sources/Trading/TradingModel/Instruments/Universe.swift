/// An instrument's place in its run's `Universe`: a small number, so that state can be kept in arrays.
public struct InstrumentID: Sendable, Hashable, Comparable {
    /// The index into `Universe.instruments`.
    public let index: Int

    /// The instrument at an index.
    @inlinable
    public init(_ index: Int) {
        self.index = index
    }

    @inlinable
    public static func < (left: InstrumentID, right: InstrumentID) -> Bool {
        left.index < right.index
    }
}

/// The instruments of one run, in order of symbol, each known inside the run by its index.
public struct Universe: Sendable, Hashable, Codable {
    /// Every instrument, ascending by symbol.
    public let instruments: [Instrument]

    /// The instruments of a run; of two with one symbol the first counts.
    public init(_ instruments: some Sequence<Instrument>) {
        var seen: Set<Symbol> = []
        self.instruments = instruments.filter { seen.insert($0.symbol).inserted }.sorted { $0.symbol < $1.symbol }
    }

    /// How many instruments there are.
    public var count: Int { instruments.count }

    /// Every id, ascending.
    public var ids: [InstrumentID] { instruments.indices.map(InstrumentID.init) }

    /// The instrument behind an id.
    public subscript(id: InstrumentID) -> Instrument { instruments[id.index] }

    /// The symbol behind an id.
    public func symbol(_ id: InstrumentID) -> Symbol { instruments[id.index].symbol }

    /// The id of a symbol, found by bisection; nil where the universe lacks it.
    public func id(of symbol: Symbol) -> InstrumentID? {
        var low = 0
        var high = instruments.count
        while low < high {
            let middle = (low + high) / 2
            if instruments[middle].symbol < symbol { low = middle + 1 } else { high = middle }
        }
        guard low < instruments.count, instruments[low].symbol == symbol else { return nil }
        return InstrumentID(low)
    }
}

extension CodingUserInfoKey {
    /// A coder that carries a `Universe` here writes and reads instruments by symbol rather than by index.
    public static let universe: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "bellwether.universe") else { preconditionFailure("a fixed key") }
        return key
    }()
}

extension InstrumentID: Codable {
    /// Reads a symbol where the decoder carries a universe, else an index.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let universe = decoder.userInfo[.universe] as? Universe else {
            self.init(try container.decode(Int.self))
            return
        }
        let symbol = try container.decode(Symbol.self)
        guard let id = universe.id(of: symbol) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(symbol)' is not among the run's instruments")
        }
        self = id
    }

    /// Writes the symbol where the encoder carries a universe, else the index.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let universe = encoder.userInfo[.universe] as? Universe {
            try container.encode(universe.symbol(self))
        } else {
            try container.encode(index)
        }
    }
}
