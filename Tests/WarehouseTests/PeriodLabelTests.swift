import Model
import Postgres
import TestSupport
import Testing

@testable import Warehouse

/// The database reads the labels of periods as the program does.
@Suite("Labels of periods")
struct PeriodLabelTests {
    @Test func `are read alike by database and program`() throws {
        let years = [
            "", "0", "6", "00", "26", "99", "026", "0000", "0001", "0002", "2026", "9998", "9999", "20266",
        ]
        let parts = [
            "", "Q", "Q0", "Q1", "q4", "Q5", "Q04", "Q10", "Q004", "M", "M0", "M1", "m7", "M07", "M12", "M13",
            "M00", "M012", "H1", "Q1M1", " Q1", "-Q1", "P1", "p07", "P12", "P13", "P0", "W", "W0", "W1",
            "w09",
            "W10", "W49", "W53", "W54", "W60", "W00",
        ]
        let labels = ["FY", "fy", "Fy", "F", "", " FY"].flatMap { prefix in
            years.flatMap { year in parts.map { prefix + year + $0 } }
        }
        let connection = try Connection(try TestDatabase.migrated())
        let rows = try connection.query(
            """
            select label, bellwether.period_label(label) as value
            from unnest($1::text[]) as given (label)
            """, [.textArray(labels)])
        var read: [String: String] = [:]
        for row in rows {
            read[try row.decode("label", as: String.self)] = try row.decode("value", as: String?.self)
        }
        for label in labels { #expect(read[label] == PeriodLabel(label)?.description, "“\(label)”") }
        #expect(read["fy26q4"] == "FY2026Q4" && read["FY2026m7"] == "FY2026M07" && read["FY26"] == "FY2026")
        #expect(read["fy26p07"] == "FY2026M07" && read["Fy2026w09"] == "FY2026W09")
        #expect(Set(read.keys).count > 50)
        // Calls and plan lines are looked up by every way of writing their period.
        for (label, value) in read {
            let spellings = try #require(PeriodLabel(value)).spellings
            #expect(spellings.contains(label.uppercased()), "“\(label)”")
            for spelling in spellings {
                #expect(PeriodLabel(spelling)?.description == value, "“\(spelling)”")
            }
        }
    }
}
