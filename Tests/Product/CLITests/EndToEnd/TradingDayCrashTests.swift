import Foundation
import ScratchFolders
import Testing
import TradingDesk

@testable import CLI

/// A desk that runs its trading days, killed at any append and taken up again.
@Suite struct TradingDayCrashTests {
    @Test func `its record ends with the same hash as that of the undisturbed run`() throws {
        let desk = try SmallDesk(instruments: 3, days: 5, isDay: true)
        let home = try ScratchFolder()
        let images = CrashImages(of: home.path)
        var runner = try desk.runner(try desk.stored(home.path)) {
            (PhotographedJournal(journal: $0, images: images), PhotographedLog($1, images))
        }
        let display = QuietDisplay()
        while try runner.nextTime != nil && runner.handleNext(display) {}
        let summary = try DeskLines(desk.plan).line(try runner.finish())
        let stages = display.events.filter { if case .workflow = $0 { true } else { false } }
        #expect(stages.count > 150)
        #expect(images.appends > 20)
        let all = images.all
        for place in stride(from: 0, to: all.count, by: max(1, all.count / 12)) {
            let image = all[place]
            var resumed = try desk.runner(try desk.stored(image.folder.path))
            while try resumed.nextTime != nil && resumed.handleNext(QuietDisplay()) {}
            #expect(try DeskLines(desk.plan).line(try resumed.finish()) == summary, "killed \(image.name)")
        }
    }
}
