import Glibc
import Synchronization

/// Output cannot be written any more.
struct OutputClosed: Error, Hashable {
    /// Why, where it is a failure such as a full disk; nil where the reader of a pipe left, which ends a program quietly.
    var failure: String?
}

/// Where output goes.
protocol OutputSink: Sendable {
    /// Writes all of a text before it returns; throws once nobody reads.
    func write(_ text: String) throws(OutputClosed)
}

/// Writes to a file descriptor, unbuffered; texts of several threads do not mix.
final class DescriptorSink: OutputSink {
    private let descriptor: Mutex<Int32>

    init(_ descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    func write(_ text: String) throws(OutputClosed) {
        let error = descriptor.withLock { descriptor in
            var text = text
            return text.withUTF8 { DescriptorSink.write($0, to: descriptor) }
        }
        guard let error else { return }
        throw OutputClosed(failure: error == EPIPE ? nil : String(cString: strerror(error)))
    }

    /// The number of the error that ended the writing; nil where all was written.
    ///
    /// SIGPIPE must be ignored, see `Interruption.ignoreBrokenPipes()`.
    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, 1000)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }
}

/// Keeps what was written, for tests; closes after a number of texts where one is given.
final class MemorySink: OutputSink {
    private let texts = Mutex<[String]>([])
    private let limit: Int

    init(closesAfter limit: Int = Int.max) {
        self.limit = limit
    }

    func write(_ text: String) throws(OutputClosed) {
        let isWritten = texts.withLock { texts in
            guard texts.count < limit else { return false }
            texts.append(text)
            return true
        }
        guard isWritten else { throw OutputClosed() }
    }

    /// Everything written so far.
    var text: String { texts.withLock { $0.joined() } }
}
