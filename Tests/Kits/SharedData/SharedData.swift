public import Foundation
public import Testing

/// The folder of real market data and reference answers beside the checkout, which the project does not contain.
public enum SharedData {
    /// `BELLWETHER_TEST_DATA`, else `../shared/data` beside the checkout; nil where neither is a folder.
    public static let folder: URL? = {
        let configured = ProcessInfo.processInfo.environment["BELLWETHER_TEST_DATA"].map { URL(fileURLWithPath: $0) }
        let beside = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")
        let candidates = [configured, beside].compactMap { $0 }
        return candidates.first { isFolder($0) }
    }()

    /// Where a file of the shared data is; traps where the folder is absent, so guard the test with `.needsSharedData`.
    public static func file(_ path: String) -> URL {
        guard let folder else { preconditionFailure("mark this test .needsSharedData") }
        return folder.appendingPathComponent(path)
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips the test, and says so, where the shared market data is absent.
    public static var needsSharedData: ConditionTrait {
        .enabled(
            if: SharedData.folder != nil,
            "SKIPPED: no market data at ../shared/data; set BELLWETHER_TEST_DATA to the folder to run this test")
    }
}
