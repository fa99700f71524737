import Determinism
import Testing
import TradingDesk
import WorkflowDocuments
import WorkflowEngine
import WorkflowModel

/// Versions of workflows, kept beside a journal.
@Suite struct DefinitionLibraryTests {
    private let journal = InMemoryJournal()
    private let time = Timestamp(nanoseconds: 1_000_000_000)
    private let text = "name: chain\nsteps:\n  - {name: first, type: a}\n  - {name: second, type: b, timeout: 5}\n"

    private func library(shipped: [DefinitionLibrary.Shipped] = []) throws -> DefinitionLibrary {
        try DefinitionLibrary(journal, options: WorkflowOptions.reading(), shippedDocuments: shipped)
    }

    @Test func `a library over the same journal finds every version again`() throws {
        let made = try library().create(text, file: "chain.yaml", note: "new", at: time)
        #expect(made.map(\.version) == [1])
        let second = try library().update("chain", ["steps[1].timeout": 9], note: "longer", at: time)
        #expect(second.version == 2)
        #expect(second.changedFrom == 1)
        let again = try library()
        #expect(try again.versions(of: "chain") == made + [second])
        #expect(try again.plan(again.definition("chain")).tasks[1].definition.timeout == .seconds(9))
        #expect(try again.plan(again.definition("chain", version: 1)).tasks[1].definition.timeout == .seconds(5))
    }

    @Test func `what is not there is refused with what is`() throws {
        _ = try library().create(text, file: "chain.yaml", at: time)
        #expect(throws: LibraryError(.unknown, "there is no workflow 'chian'; known are chain")) {
            try library().definition("chian")
        }
        #expect(throws: LibraryError(.unknown, "there is no version 3 of 'chain', but 1")) {
            try library().definition("chain", version: 3)
        }
    }

    @Test func `several workflows of one file are kept on their own`() throws {
        let made = try library().create(
            text + "---\nname: other\nsteps: [{name: x, type: y}]\n", file: "two.yaml", at: time)
        #expect(made.map(\.name) == ["chain", "other"])
        #expect(try library().plan(made[1]).tasks.map(\.name) == ["x"])
        #expect(!made[1].document.contains("chain"))
    }

    @Test func `a shipped workflow is there, and a change to it makes the second version`() throws {
        let library = try library(shipped: [("chain.yaml", text)])
        #expect(try library.definition("chain").isShipped)
        let changed = try library.update("chain", ["steps[1].timeout": 9], at: time)
        #expect(changed.version == 2)
        #expect(try library.versions(of: "chain").map(\.version) == [1, 2])
        // The first version stays readable when the program no longer ships it.
        #expect(try self.library().versions(of: "chain").map(\.version) == [1, 2])
    }

    @Test func `an update says which runs keep their version and which will run the new one`() throws {
        let library = try library()
        let parent =
            "name: parent\nsteps:\n  - {name: wait, type: a}\n  - {name: child, type: subprocess, workflow_id: chain}\n"
        let plans = try
            (library.create(text, file: "a.yaml", at: time) + library.create(parent, file: "b.yaml", at: time))
            .map(library.plan)
        var machine = WorkflowMachine(capacity: 4)
        for plan in plans { machine.register(plan) }
        let starts = ["chain", "parent"].map { EngineInput.start(RunRequest($0, as: RunID("\($0)-1")), nil) }
        try journal.commit(machine.handle(starts, at: time).batch)
        let affected = try library.affected(by: library.update("chain", ["steps[1].timeout": 9], at: time))
        #expect(affected.map(\.run.text) == ["chain-1", "parent-1"])
        #expect(affected.map(\.isChanged) == [false, true])
        #expect(affected[0].effect == "keeps version 1 to its end")
        #expect(affected[1].effect == "its step 'child' has not begun and will run version 2")
        // A service over the same journal needs the version that the open run keeps.
        #expect(try Set(library.plans().map { "\($0.name)@\($0.version)" }) == ["chain@1", "chain@2", "parent@1"])
    }
}
