import BrokerConformance
import Determinism
import Execution
import Testing
import TradingModel

/// The whole table: every state against everything a broker can say.
@Suite struct OrderStateMachineTests {
    private typealias State = OrderStateMachine.State

    enum Said: String, CaseIterable, Sendable {
        case accepted, triggered, part, rest, rejected, cancelled, expired, exitPlaced, unknown
    }

    private static let order = Order(
        id: OrderID(desk: 1, step: 1, ordinal: 1), instrument: .first, side: .buy, size: .units(10),
        decided: .minute(0))

    private static func fill(_ ordinal: UInt32, _ quantity: Quantity, leaves: Quantity) -> OrderReport.Outcome {
        .filled(
            Fill(
                order: order.id, ordinal: ordinal, instrument: .first, side: .buy, quantity: quantity, price: 100,
                fee: 0, time: .minute(1), leaves: leaves), note: nil)
    }

    private static func machine(in state: State) throws -> OrderStateMachine {
        var machine = OrderStateMachine(order)
        let outcomes: [OrderReport.Outcome] =
            switch state {
            case .submitted: []
            case .working: [.accepted]
            case .partiallyFilled: [.accepted, fill(1, 4, leaves: 6)]
            case .outcomeUnknown: [.unknown(reason: "timeout")]
            case .filled: [fill(1, 10, leaves: 0)]
            case .cancelled: [.cancelled(reason: "")]
            case .rejected: [.rejected(reason: "")]
            case .expired: [.expired]
            }
        for outcome in outcomes { _ = try machine.handle(outcome) }
        #expect(machine.state == state)
        return machine
    }

    private static func outcome(_ said: Said, _ machine: OrderStateMachine) -> OrderReport.Outcome {
        let left = machine.remaining ?? 0
        return switch said {
        case .accepted: .accepted
        case .triggered: .triggered
        case .part: fill(machine.fills + 1, 1, leaves: left == 0 ? 0 : Quantity(raw: left.raw - 100_000_000))
        case .rest: fill(machine.fills + 1, max(1, left), leaves: 0)
        case .rejected: .rejected(reason: "")
        case .cancelled: .cancelled(reason: "")
        case .expired: .expired
        case .exitPlaced: .exitPlaced(order)
        case .unknown: .unknown(reason: "timeout")
        }
    }

    /// What follows from what was said, in the order of `Said.allCases`; nil where it cannot be true.
    private static let table: [(State, [State?])] = [
        (
            .submitted,
            [
                .working, .working, .partiallyFilled, .filled, .rejected, .cancelled, .expired, .submitted,
                .outcomeUnknown,
            ]
        ),
        (
            .working,
            [
                .working, .working, .partiallyFilled, .filled, .rejected, .cancelled, .expired, .working,
                .outcomeUnknown,
            ]
        ),
        (
            .partiallyFilled,
            [
                .partiallyFilled, .partiallyFilled, .partiallyFilled, .filled, nil, .cancelled, .expired,
                .partiallyFilled, .outcomeUnknown,
            ]
        ),
        (
            .outcomeUnknown,
            [
                .working, .working, .partiallyFilled, .filled, .rejected, .cancelled, .expired, .outcomeUnknown,
                .outcomeUnknown,
            ]
        ),
        (.filled, [nil, nil, nil, nil, nil, nil, nil, .filled, nil]),
        (.cancelled, [nil, nil, nil, nil, nil, nil, nil, .cancelled, nil]),
        (.rejected, [nil, nil, nil, nil, nil, nil, nil, nil, nil]),
        (.expired, [nil, nil, nil, nil, nil, nil, nil, .expired, nil]),
    ]

    @Test(arguments: 0..<8, Said.allCases)
    func `every state answers every outcome as the table says`(row: Int, said: Said) throws {
        let (state, answers) = Self.table[row]
        let column = try #require(Said.allCases.firstIndex(of: said))
        let before = try Self.machine(in: state)
        var machine = before
        let outcome = Self.outcome(said, machine)
        if let expected = answers[column] {
            #expect(try machine.handle(outcome) == .applied)
            #expect(machine.state == expected)
        } else {
            #expect(throws: OrderStateMachine.Violation.self) { try machine.handle(outcome) }
            #expect(machine == before)
        }
    }

    @Test func `the table covers every state`() {
        #expect(Self.table.map(\.0) == State.allCases)
    }

    @Test func `a fill that comes twice is booked once`() throws {
        var machine = OrderStateMachine(Self.order)
        #expect(try machine.handle(Self.fill(1, 4, leaves: 6)) == .applied)
        #expect(try machine.handle(Self.fill(1, 4, leaves: 6)) == .duplicate)
        #expect(machine.filled == 4)
        #expect(try machine.handle(Self.fill(2, 6, leaves: 0)) == .applied)
        #expect(try machine.handle(Self.fill(2, 6, leaves: 0)) == .duplicate)
        #expect(machine.filled == 10)
    }

    @Test(arguments: [
        fill(2, 4, leaves: 6), fill(1, 11, leaves: 0), fill(1, 0, leaves: 10), fill(1, -4, leaves: 14),
        fill(1, 4, leaves: 7), fill(1, 4, leaves: -1), fill(1, 10, leaves: 1),
    ])
    func `a fill that cannot be true changes nothing`(outcome: OrderReport.Outcome) throws {
        var machine = OrderStateMachine(Self.order)
        #expect(throws: OrderStateMachine.Violation.self) { try machine.handle(outcome) }
        #expect(machine == OrderStateMachine(Self.order))
    }

    @Test func `fills of another order, side or instrument are refused`() throws {
        let other = OrderID(desk: 1, step: 2, ordinal: 1)
        let fills = [
            (other, InstrumentID.first, Side.buy), (Self.order.id, InstrumentID(1), .buy),
            (Self.order.id, .first, .sell),
        ].map { id, instrument, side in
            Fill(
                order: id, ordinal: 1, instrument: instrument, side: side, quantity: 1, price: 1, fee: 0,
                time: .minute(1), leaves: 9)
        }
        for fill in fills {
            var machine = OrderStateMachine(Self.order)
            #expect(throws: OrderStateMachine.Violation.self) { try machine.handle(.filled(fill, note: nil)) }
        }
    }

    @Test func `an order that was partly filled stands as such once it is found again`() throws {
        var machine = try Self.machine(in: .partiallyFilled)
        _ = try machine.handle(.unknown(reason: "timeout"))
        #expect(throws: OrderStateMachine.Violation.self) { try machine.handle(.rejected(reason: "")) }
        _ = try machine.handle(.accepted)
        #expect(machine.state == .partiallyFilled)
    }
}

@Suite struct OrderRegisterTests {
    private func order(_ ordinal: UInt32, _ kind: OrderKind = .market, reduceOnly: Bool = false) -> Order {
        Order(
            id: OrderID(desk: 1, step: 1, ordinal: ordinal), instrument: .first, side: .buy, size: .units(10),
            kind: kind, reduceOnly: reduceOnly, decided: .minute(0))
    }

    private func report(_ ordinal: UInt32, _ outcome: OrderReport.Outcome) -> OrderReport {
        OrderReport(order: OrderID(desk: 1, step: 1, ordinal: ordinal), outcome: outcome, time: .minute(1))
    }

    @Test func `orders are kept by id and leave when they are done`() throws {
        var register = OrderRegister()
        for ordinal in [5, 1, 3, 2, 4, 3] as [UInt32] { register.insert(order(ordinal)) }
        #expect(register.all.map(\.order.id.ordinal) == [1, 2, 3, 4, 5])
        #expect(try register.handle(report(3, .cancelled(reason: ""))) == .applied)
        #expect(register.all.map(\.order.id.ordinal) == [1, 2, 4, 5])
        #expect(try register.handle(report(3, .cancelled(reason: ""))) == nil)
        #expect(try register.handle(report(9, .accepted)) == nil)
    }

    @Test func `an exit the broker placed stands from the beginning and is placed once`() throws {
        var register = OrderRegister()
        let exit = order(1_000_001, .stop(90), reduceOnly: true)
        #expect(try register.handle(report(1, .exitPlaced(exit))) == .applied)
        #expect(try register.handle(report(1, .exitPlaced(exit))) == .applied)
        #expect(register.all.map(\.state) == [.working])
    }

    @Test(arguments: [
        (OrderKind.market, true), (.stop(90), true), (.stopLimit(stop: 90, limit: 89), true), (.limit(110), false),
    ])
    func `a stop or a market exit protects, a target does not`(kind: OrderKind, protects: Bool) {
        var register = OrderRegister()
        register.insert(order(1, kind))
        #expect(!register.protects(.first), "an entry protects nothing")
        register.insert(order(2, kind, reduceOnly: true))
        #expect(register.protects(.first) == protects)
        #expect(!register.protects(InstrumentID(1)))
    }
}
