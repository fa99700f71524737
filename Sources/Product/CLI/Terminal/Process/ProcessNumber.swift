import Glibc

/// The number by which the system knows a process.
enum ProcessNumber {
    /// This process's.
    static var own: Int32 { getpid() }
}
