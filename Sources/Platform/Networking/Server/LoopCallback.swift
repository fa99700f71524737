import CWebSockets

/// Called by the network library on the loop's thread. In a file of its own, so that it belongs to no actor.
func loopCallback(
    _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ user: UnsafeMutableRawPointer?,
    _ bytes: UnsafeMutableRawPointer?, _ length: Int
) -> Int32 {
    guard let event = LoopEvent(reason, bytes, length), let wsi, let context = lws_get_context(wsi),
        let owner = lws_context_user(context)
    else { return 0 }
    let loop = Unmanaged<ServerLoop>.fromOpaque(owner).takeUnretainedValue()
    // Used before this call returns, on this thread.
    nonisolated(unsafe) let happened = event
    let id = UInt64(UInt(bitPattern: lws_wsi_user(wsi)))
    if case .closed = event { lws_set_wsi_user(wsi, nil) }
    return loop.assumeIsolated { $0.handle(happened, of: id) }
}

/// What the library reports that the loop cares for.
enum LoopEvent {
    case arrival
    case bytes(UnsafeRawBufferPointer)
    case writable
    case closed

    init?(_ reason: lws_callback_reasons, _ bytes: UnsafeMutableRawPointer?, _ length: Int) {
        switch reason {
        case LWS_CALLBACK_RAW_RX_FILE: self = .arrival
        case LWS_CALLBACK_RAW_RX: self = .bytes(UnsafeRawBufferPointer(start: bytes, count: length))
        case LWS_CALLBACK_RAW_WRITEABLE: self = .writable
        // The second comes for every connection, also where the first is left out.
        case LWS_CALLBACK_RAW_CLOSE, LWS_CALLBACK_WSI_DESTROY: self = .closed
        default: return nil
        }
    }
}
