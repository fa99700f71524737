import CWebSockets
import Glibc

/// Lets this process open at least `count` files where the system's hard limit allows it.
func raiseDescriptorLimit(to count: Int) {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(count) else {
        return
    }
    limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// Runs `body` while this process may open at most `count` files.
///
/// libwebsockets makes tables as long as the limit when it starts, which is gigabytes where there is none.
func limitingDescriptors<Value>(to count: Int, _ body: () -> Value) -> Value {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur > rlim_t(count) else { return body() }
    var lower = limit
    lower.rlim_cur = rlim_t(count)
    setrlimit(kind, &lower)
    defer { setrlimit(kind, &limit) }
    return body()
}

/// Wakes a loop that waits; from any thread.
func cancelService(_ context: OpaquePointer) {
    lws_cancel_service(context)
}
