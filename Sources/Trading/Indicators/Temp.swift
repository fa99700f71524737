public struct SMA: Sendable, Codable { var ring: [Double]; var n = 0; var sum = 0.0; let p: Int
 public init(period: Int) { p = period; ring = Array(repeating: 0, count: period) }
 public mutating func update(_ x: Double) -> Double? { let i = n % p; sum += x - ring[i]; ring[i] = x; n += 1; return n >= p ? sum / Double(p) : nil } }
