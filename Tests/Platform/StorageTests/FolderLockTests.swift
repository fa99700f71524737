import Foundation
import ScratchFolders
import Storage
import Testing

@Suite struct FolderLockTests {
    @Test func `refuses a second holder with the first one's process id`() throws {
        let folder = try ScratchFolder()
        let lock = try FolderLock(folder: folder.path)
        let error = #expect(throws: StorageError.self) { _ = try FolderLock(folder: folder.path) }
        let own = ProcessInfo.processInfo.processIdentifier
        #expect(error?.code == .heldByProcess(own))
        #expect(error?.message.contains("process \(own)") == true)
        _ = consume lock
    }

    @Test func `another process is refused too, until the holder lets go`() async throws {
        let folder = try ScratchFolder()
        let path = folder.path
        let lock = try FolderLock(folder: path)
        await #expect(processExitsWith: .failure) { [path = path as String] in _ = try FolderLock(folder: path) }
        _ = consume lock
        await #expect(processExitsWith: .success) { [path = path as String] in _ = try FolderLock(folder: path) }
    }

    @Test func `a folder that does not exist cannot be taken`() {
        let error = #expect(throws: StorageError.self) { _ = try FolderLock(folder: "/nowhere") }
        #expect(error?.code == .cannotOpen)
    }
}
