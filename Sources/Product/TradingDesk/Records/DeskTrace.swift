public import Determinism
import Storage

/// The trace of what led to a decision: the same for everything that one moment of a run brought about.
///
/// It is derived, never stored: from a run's name and a moment every face comes to the same digits.
public enum DeskTrace {
    /// 32 hexadecimal digits for a moment of a run.
    public static func id(run: String, moment: Timestamp) -> String {
        let text = "bellwether trace\n\(run)\n\(moment.nanoseconds)"
        return String(Digest.of(Array(text.utf8)).hex.prefix(32))
    }
}
