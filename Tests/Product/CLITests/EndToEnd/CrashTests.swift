import Determinism
import Foundation
import MarketData
import ScratchFolders
import Storage
import Testing
import TradingDesk
import TradingModel
import TradingStore
import WorkflowEngine
import WorkflowModel

@testable import CLI

/// A run killed at any append and taken up again is the run that was never disturbed.
@Suite struct CrashTests {
    /// What a run has come to after a moment.
    private struct Standing: Hashable {
        let checkpoint: [UInt8]
        let head: String
    }

    /// The undisturbed run, with what it stood at after each moment.
    private struct Course {
        var standings: [Timestamp: Standing] = [:]
        var summary = Data()
        var events: [DeskEvent] = []
    }

    /// What persons ask, by the number of the moment before which they ask it.
    private static let requests: [Int: [ControlKind]] = [
        9: [.halt], 13: [.resume], 21: [.flatten, .resume], 30: [.reduceOnly], 33: [.resume],
    ]

    /// Asks what is to be asked before the next moment, unless it was asked before the process died.
    private static func ask(_ desk: SmallDesk, _ home: String, at moment: Timestamp?, _ moments: [Timestamp]) throws {
        guard let moment, let place = moments.firstIndex(of: moment), let kinds = requests[place] else { return }
        let store = try DeskStore(ofHome: desk.folder(home).path, access: .readWrite)
        let asked = try store.database.read { transaction in
            try transaction.all("SELECT reason FROM control") { try $0.text(0) }
        }
        for kind in kinds where !asked.contains("\(kind) \(place)") {
            try store.request(kind, reason: "\(kind) \(place)", at: moment, by: "tester")
        }
    }

    private static func moments(_ desk: SmallDesk) throws -> [Timestamp] {
        var slices = Slices(desk.feed)
        var (found, events): ([Timestamp], [MarketEvent]) = ([], [])
        while let time = try slices.next(into: &events) { found.append(time) }
        return found
    }

    private static func line(_ summary: DeskSummary, _ desk: SmallDesk) throws -> Data {
        try DeskLines(desk.plan).line(summary)
    }

    private static func undisturbed(
        _ desk: SmallDesk, _ moments: [Timestamp], _ home: String, _ images: CrashImages
    ) throws -> Course {
        let stored = try desk.stored(home)
        var runner = try desk.runner(stored) {
            (PhotographedJournal(journal: $0, images: images), PhotographedLog($1, images))
        }
        var course = Course()
        let display = QuietDisplay()
        while let moment = runner.nextTime {
            try ask(desk, home, at: moment, moments)
            guard try runner.handleNext(display) else { break }
            course.standings[moment] = Standing(checkpoint: try #require(try runner.checkpoint), head: try stored.head)
        }
        course.summary = try line(try runner.finish(), desk)
        course.events = display.events
        return course
    }

    /// Takes an image up; stops a moment after the run has caught up, unless `isWhole`.
    private static func resume(
        _ image: CrashImages.Image, _ desk: SmallDesk, _ moments: [Timestamp], isWhole: Bool, _ course: Course
    ) throws {
        let home = image.folder.path
        let stored = try desk.stored(home)
        var runner = try desk.runner(stored)
        var fresh = 0
        while let moment = runner.nextTime {
            try ask(desk, home, at: moment, moments)
            guard try runner.handleNext(QuietDisplay()) else { break }
            let standing = Standing(checkpoint: try #require(try runner.checkpoint), head: try stored.head)
            try #require(standing == course.standings[moment], "killed \(image.name), differs at \(moment)")
            fresh += stored.isCatchingUp ? 0 : 1
            if fresh == 2, !isWhole { return }
        }
        let summary = try line(try runner.finish(), desk)
        #expect(summary == course.summary, "killed \(image.name)")
    }

    @Test func `a run killed at any append is taken up as if it had never been disturbed`() throws {
        let desk = try SmallDesk()
        let moments = try CrashTests.moments(desk)
        let home = try ScratchFolder()
        let images = CrashImages(of: home.path)
        let course = try CrashTests.undisturbed(desk, moments, home.path, images)
        CrashTests.expectLively(course.events)
        #expect(images.appends > 200)
        for (number, image) in images.all.enumerated() {
            try CrashTests.resume(image, desk, moments, isWhole: number % 45 == 0, course)
        }
    }

    /// Orders, fills, a halt by the gate and every request happened.
    private static func expectLively(_ events: [DeskEvent]) {
        var (fills, halts, controls) = (0, 0, 0)
        for event in events {
            switch event {
            case .report(let report): if case .filled = report.outcome { fills += 1 }
            case .halted: halts += 1
            case .controlled: controls += 1
            default: break
            }
        }
        #expect(fills > 5)
        #expect(halts > 0)
        #expect(controls == requests.values.map(\.count).reduce(0, +))
    }

    @Test func `a request made while the desk is dead is obeyed once, and the record can still be derived again`()
        throws
    {
        let desk = try SmallDesk()
        let moments = try CrashTests.moments(desk)
        let home = try ScratchFolder()
        let images = CrashImages(of: home.path)
        _ = try CrashTests.undisturbed(desk, moments, home.path, images)
        for image in images.all.filter({ $0.name.hasSuffix("journal") }).enumerated().filter({ $0.offset % 61 == 7 })
            .map(\.element)
        {
            let store = try DeskStore(ofHome: desk.folder(image.folder.path).path, access: .readWrite)
            try store.request(.flatten, reason: "while dead", at: moments[0], by: "tester")
            var runner = try desk.runner(try desk.stored(image.folder.path))
            while try runner.handleNext(QuietDisplay()) {}
            _ = try runner.finish()
            let report = try DecisionReplay.verify { try CrashTests.records(store.audit) }
            #expect(report.difference == nil, "killed \(image.name)")
            let flattened = try CrashTests.records(store.audit).filter {
                $0.kind == .control && String(decoding: $0.body, as: UTF8.self).contains("while dead")
            }
            #expect(flattened.count == 1, "killed \(image.name)")
            #expect(try store.pendingControls() == [])
        }
    }

    private static func records(_ log: AuditLog) throws -> [DecisionRecord] {
        var cursor = log.records()
        var found: [DecisionRecord] = []
        while let record = try cursor.next() { found.append(try #require(DecisionRecord(record))) }
        return found
    }
}
