/// Computes with two numbers: whole ones stay whole where the result is.
struct ConditionArithmetic {
    /// Where the operator stands.
    let column: Int

    func result(_ sign: ConditionNode.Arithmetic, _ left: Value, _ right: Value) throws(ConditionError) -> Value {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): return try whole(sign, left, right)
        default: return try fractional(sign, number(left, sign), number(right, sign))
        }
    }

    private func number(_ value: Value, _ sign: ConditionNode.Arithmetic) throws(ConditionError) -> Double {
        guard let number = value.number else {
            throw ConditionError(column: column, "'\(sign.rawValue)' computes with numbers, not \(value.kindName)")
        }
        return number
    }

    private func whole(
        _ sign: ConditionNode.Arithmetic, _ left: Int64, _ right: Int64
    ) throws(ConditionError) -> Value {
        let (result, overflow): (Int64, Bool)
        switch sign {
        case .plus: (result, overflow) = left.addingReportingOverflow(right)
        case .minus: (result, overflow) = left.subtractingReportingOverflow(right)
        case .times: (result, overflow) = left.multipliedReportingOverflow(by: right)
        case .divided:
            guard right != 0 else { throw divisionByZero(sign) }
            let isExact = right == -1 || left % right == 0
            guard isExact else { return try fractional(sign, Double(left), Double(right)) }
            (result, overflow) = left.dividedReportingOverflow(by: right)
        case .remainder:
            guard right != 0 else { throw divisionByZero(sign) }
            (result, overflow) = right == -1 ? (0, false) : (left % right, false)
        }
        guard !overflow else {
            throw ConditionError(column: column, "\(left) \(sign.rawValue) \(right) is too large for a whole number")
        }
        return .integer(result)
    }

    private func fractional(
        _ sign: ConditionNode.Arithmetic, _ left: Double, _ right: Double
    ) throws(ConditionError) -> Value {
        let result: Double
        switch sign {
        case .plus: result = left + right
        case .minus: result = left - right
        case .times: result = left * right
        case .divided, .remainder:
            guard right != 0 else { throw divisionByZero(sign) }
            result = sign == .divided ? left / right : left.truncatingRemainder(dividingBy: right)
        }
        guard result.isFinite else {
            throw ConditionError(column: column, "\(left) \(sign.rawValue) \(right) is too large for a number")
        }
        return .number(result)
    }

    private func divisionByZero(_ sign: ConditionNode.Arithmetic) -> ConditionError {
        ConditionError(column: column, "the number right of '\(sign.rawValue)' is 0")
    }
}
