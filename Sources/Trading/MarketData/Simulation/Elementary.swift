/// Exponential and logarithm from additions, multiplications and divisions alone.
///
/// The C library's may differ in the last bit from machine to machine; IEEE 754 fixes every operation used here.
enum Elementary {
    /// e to the power of x with a relative error below 1e-14, for |x| up to 700.
    static func exp(_ x: Double) -> Double {
        let power = (x * 1.442_695_040_888_963_4).rounded()
        let rest = (x - power * 0x1.62e42feep-1) - power * 0x1.a39ef35793c76p-33
        // Taylor's series to the thirteenth power; |rest| is at most half of log 2.
        var sum = 1.0
        for divisor in stride(from: 13.0, to: 0, by: -1) { sum = 1 + sum * rest / divisor }
        return Double(sign: .plus, exponent: Int(power), significand: sum)
    }

    /// The natural logarithm of a positive normal number with an error below 1e-14.
    static func log(_ x: Double) -> Double {
        let isUpper = x.significand > 1.414_213_562_373_095_1
        let exponent = Double(x.exponent) + (isUpper ? 1 : 0)
        let mantissa = isUpper ? x.significand / 2 : x.significand
        // log m = 2 artanh((m - 1) / (m + 1)); the argument is at most 0.172.
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var sum = 0.0
        for divisor in stride(from: 19.0, to: 0, by: -2) { sum = sum * square + 1 / divisor }
        return exponent * 0x1.62e42feep-1 + (exponent * 0x1.a39ef35793c76p-33 + 2 * ratio * sum)
    }
}
