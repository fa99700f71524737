import Determinism
import Foundation
import QueueConformance
import ScratchFolders
import Storage
import TaskQueues
import Testing
import WorkflowStore

@Suite struct QueueCrashTests {
    /// What was done before the process died, in order; each step is one call.
    private enum Step: CaseIterable {
        case enqueue, lease, acknowledge, fail
    }

    @Test func `whatever the process was killed after, nothing is lost and nothing acknowledged comes again`() throws {
        let folder = try ScratchFolder()
        let copies = try copies(in: folder)
        #expect(copies.count == Step.allCases.count)
        for (step, path) in zip(Step.allCases, copies) {
            let scene = try QueueScene(SQLiteTaskQueue(Database(at: path)))
            let early = try scene.takeNames(at: 2)
            let late = try scene.takeNames(at: 33)
            let again = try scene.takeNames(at: 66)
            switch step {
            case .enqueue: #expect(early == ["a", "b", "c"] && late == early)
            case .lease: #expect(early == ["c"] && late == ["a", "b", "c"])
            case .acknowledge: #expect(early == ["c"] && late == ["b", "c"])
            case .fail: #expect(early == ["c"] && late == ["b", "c"])
            }
            #expect(again == late, "killed after \(step)")
        }
    }

    @Test func `a process killed in the middle of its work leaves its messages to the next`() async throws {
        let folder = try ScratchFolder()
        let path = folder.file("desk.sqlite")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let scene = try QueueScene(SQLiteTaskQueue(Database(at: path)))
            try scene.send("done", "begun", "waiting")
            let leases = try scene.take(2)
            try scene.queue.acknowledge([leases[0].receipt], at: QueueScene.time(1))
            raise(SIGKILL)
        }
        let scene = try QueueScene(SQLiteTaskQueue(Database(at: path)))
        #expect(try scene.takeNames(at: 29) == ["waiting"])
        #expect(try scene.takeNames(at: 30) == ["begun"])
        #expect(try scene.send("done", at: 31) == [.duplicate])
    }

    /// The database's files as they were after each step.
    private func copies(in folder: ScratchFolder) throws -> [String] {
        let path = folder.file("desk.sqlite")
        let scene = try QueueScene(SQLiteTaskQueue(Database(at: path)))
        var leases: [LeaseReceipt] = []
        return try Step.allCases.enumerated().map { place, step in
            let time = QueueScene.time(1)
            switch step {
            case .enqueue: try scene.send("a", "b", "c")
            case .lease: leases = try scene.take(2).map(\.receipt)
            case .acknowledge: try scene.queue.acknowledge([leases[0]], at: time)
            case .fail: try scene.queue.fail(leases[1], Failure("x", retry: .after(.seconds(20))), at: time)
            }
            let copy = folder.file("copy\(place).sqlite")
            for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
            }
            return copy
        }
    }
}
