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

/// Wakes a loop that waits; from any thread.
func cancelService(_ context: OpaquePointer) {
    lws_cancel_service(context)
}
