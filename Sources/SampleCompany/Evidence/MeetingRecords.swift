import Model

/// The meetings of the sales cadence since August 2026: each team's forecast call on Mondays and its review each month.
struct MeetingRecords {
    static let firstDay = Frame.day(2026, 8, 3)

    private let organisation: Organisation
    private let calendar: SampleCalendar
    private let seed: UInt64

    init(_ company: Company) {
        organisation = company.organisation
        calendar = company.options.calendar
        seed = company.options.seed
    }

    /// Those planned by the end of a night.
    func tellings(until night: Day) -> [Telling] {
        var tellings: [Telling] = []
        var monday = MeetingRecords.firstDay
        // A week ahead they stand in the calendar.
        while monday <= night + 7 {
            for team in SalesTeam.allCases {
                tellings.append(meeting("forecast_call", of: team, on: monday, minute: 600))
                if monday.civil.day <= 7 {
                    tellings.append(meeting("monthly_review", of: team, on: monday + 2, minute: 840))
                }
            }
            monday = monday + 7
        }
        return tellings
    }

    private func meeting(_ kind: String, of team: SalesTeam, on day: Day, minute: Int) -> Telling {
        var random = RandomStream(seed: seed, .meeting, index: Int(day.number) * 4 + team.rawValue)
        let isHeld = random.chance(910)
        let lead = organisation.lead(of: team, on: day)
        let start = OfficeTime.instant(day, minute: minute)
        func cells(isOver: Bool) -> [String] {
            let wasHeld = isOver && isHeld && lead != nil
            return [
                "MT-\(kind)-\(team.id)-\(day)", kind, "team", team.id,
                calendar.quarter(containing: day).label, start,
                wasHeld ? start : "", lead?.id ?? "",
                isOver && !wasHeld ? (lead == nil ? "Nobody to lead it" : "Travel") : "",
            ]
        }
        return Telling(.meeting, [(day - 7, cells(isOver: false)), (day, cells(isOver: true))])
    }
}
