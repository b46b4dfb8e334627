import Intake
import Model
import Testing

/// The day on which the next export is due.
@Suite("Expected days")
struct ExpectedDaysTests {
    /// By a calendar on the wall: 2026-05-01 and 2026-05-08 are Fridays.
    @Test(
        arguments: [
            (.daily, "2026-02-28", "2026-03-01"), (.daily, "2026-12-31", "2027-01-01"),
            (.weekdays, "2026-04-30", "2026-05-01"), (.weekdays, "2026-05-01", "2026-05-04"),
            (.weekdays, "2026-05-02", "2026-05-04"), (.weekdays, "2026-05-03", "2026-05-04"),
            (.weekly, "2026-05-01", "2026-05-08"),
            (.monthly, "2026-01-31", "2026-02-28"), (.monthly, "2026-02-28", "2026-03-31"),
            (.monthly, "2026-01-30", "2026-02-28"), (.monthly, "2026-12-15", "2027-01-15"),
            (.irregular, "2026-05-01", nil),
        ] as [(Mapping.ExpectedDays, String, String?)])
    func `follow one another`(expected: Mapping.ExpectedDays, day: String, next: String?) throws {
        #expect(expected.day(after: try #require(Day(day)))?.description == next)
    }
}
