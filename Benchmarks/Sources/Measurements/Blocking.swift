import Dispatch
import Synchronization

/// What keeps a figure from being measured.
struct MeasurementError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Waits on this thread for work that waits.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let result = Mutex<Result<Value, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task {
        let found: Result<Value, any Error>
        do { found = .success(try await body()) } catch { found = .failure(error) }
        result.withLock { $0 = found }
        done.signal()
    }
    done.wait()
    guard let found = result.withLock({ $0 }) else { throw MeasurementError("nothing was measured") }
    return try found.get()
}

extension Duration {
    var inSeconds: Double {
        let (whole, part) = components
        return Double(whole) + Double(part) * 1e-18
    }
}
