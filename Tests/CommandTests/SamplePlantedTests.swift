import Foundation
import Model
import SampleCompany
import TestSupport
import Testing

/// What is planted in the sample company between two nights, each named by the answer that should name it.
@Suite("What is planted between two nights")
struct SamplePlantedTests {
    private static let bench = Result { try loaded() }

    /// The nights that show a planted event, and those before them.
    private static let nights: [Day] = {
        let shock = ["2026-08-17", "2026-08-18", "2026-08-20", "2026-08-21"].compactMap { Day($0) }
        let events = PlantedTruth.all.flatMap { [$0.day - 1, $0.day] }
        let freezes = ["2026-10-05", "2027-01-06"].compactMap { Day($0) }
        return Set(shock + events + freezes).sorted()
    }()

    private static func loaded() throws -> Bench {
        let bench = try Bench()
        let sample = try bench.run(
            "sample", "halden", "--until", "2027-01-08", "--nights", "152", "--deals", "900", timeout: 180)
        guard sample.status == 0 else { throw Command.Failure("\(sample)") }
        for day in nights where FileManager.default.fileExists(atPath: bench.folder.path + "/halden/\(day)") {
            // Nights are left out: between two that are loaded more comes and goes than in one.
            let outcome = try bench.run(
                "load", "generic", "halden/\(day)", "--accept", "gone", "--accept", "rows")
            guard outcome.status == 0 else { throw Command.Failure("\(outcome)") }
        }
        return bench
    }

    /// Events that `changes` names by deal, night by night: in which measure, and by which movement.
    private static let moves: [PlantedTruth.Event: (measure: String, bucket: String)] = [
        .pushedOut: ("open", "slipped"), .leftCommit: ("commit", "left"),
        .backInCommit: ("commit", "entered"),
        .handedOver: ("open", "moved_out"), .lost: ("firm", "lost"), .reopened: ("firm", "reopened"),
        .merged: ("firm", "merged"),
    ]

    @Test func `each deal that moved overnight is named with what it did`() throws {
        let bench = try Self.bench.get()
        var named = 0
        for truth in PlantedTruth.all {
            guard let (measure, bucket) = Self.moves[truth.event] else { continue }
            let answer = try bench.answer(
                "changes", "--since", (truth.day - 1).description, "--until", truth.day.description,
                "--period",
                truth.period, "--measure", measure, "--team", truth.team, "--deals")
            let row = answer.rows("deals").first { $0.text("id") == truth.deal }
            #expect(row?.text("bucket") == bucket, "\(truth)\n\(answer.rows("deals"))")
            #expect(row?.text("deal")?.hasPrefix(truth.account) == true, "\(truth)")
            #expect(row?.amount("amount")?.magnitude == truth.amount, "\(truth)")
            named += 1
        }
        #expect(named == 13)
    }

    @Test
    func `what was closed or taken back after the freeze is restated by name, and the frozen number stands`()
        throws
    {
        let bench = try Self.bench.get()
        var named = 0
        for truth in PlantedTruth.all where [.backdated, .takenBack].contains(truth.event) {
            let answer = try bench.answer("restatements", "--period", truth.period, "--by", "person")
            let row = answer.rows("deals").first { $0.text("id") == truth.deal }
            #expect(row?.text("deal")?.hasPrefix(truth.account) == true, "\(truth)\n\(answer.rows("deals"))")
            #expect(row?.amount("amount")?.magnitude == truth.amount, "\(truth)")
            named += 1
        }
        #expect(named == 4)
    }

    @Test func `the currency shock is currency and nothing else, and back three nights later`() throws {
        let bench = try Self.bench.get()
        func shock(_ since: String, _ until: String) throws -> (currency: Amount, buckets: [String]) {
            let rows = try bench.answer(
                "changes", "--since", since, "--until", until, "--period", "FY2026Q3", "--measure", "open",
                "--team",
                "EMEA"
            ).rows("movement")
            let buckets = rows.compactMap { $0.text("bucket") }
            return (rows.first { $0.text("bucket") == "currency" }?.amount("amount") ?? .zero, buckets)
        }
        let down = try shock("2026-08-17", "2026-08-18")
        let up = try shock("2026-08-20", "2026-08-21")
        #expect(down.currency < .zero && down.buckets.contains("currency"), "\(down)")
        #expect(up.currency > .zero, "\(up)")
    }
}
