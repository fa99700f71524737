import Determinism
import MarketData
import Triggers
public import WorkflowDocuments
import WorkflowModel

/// How this desk reads workflow documents.
public enum WorkflowOptions {
    /// Options that know cron expressions, time zones and exchange calendars.
    ///
    /// Without a catalog every type of work is allowed; with one only those in it.
    public static func reading(_ catalog: StepCatalog? = nil) -> DocumentOptions {
        var options = DocumentOptions()
        options.catalog = catalog
        options.timeZone = "America/New_York"
        options.calendars = calendars
        options.cronProblem = cronProblem
        return options
    }

    private static let calendars = ["XNYS", "XNAS", "24/7"].filter { ExchangeCalendar.named($0) != nil }

    @Sendable private static func cronProblem(_ cron: String, _ zone: String) -> String? {
        do {
            let zone = try LocalZone(zone)
            let expression = try CronExpression(cron)
            let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
            return expression.next(after: start, in: zone) == nil ? "'\(cron)' names no time that ever comes" : nil
        } catch {
            return "\(error)"
        }
    }
}
