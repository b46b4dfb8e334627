import Model
import Postgres

extension Warehouse {
    /// The teams and people through which the point's deals are rolled up: those of its organisation's day.
    ///
    /// Source: views `bellwether.team` and `bellwether.person`.
    public func organisation(companyName: String, at point: ReadPoint) throws(BellwetherError) -> Organisation
    {
        try organisation(on: point.organisationDay ?? point.asOf, companyName: companyName, at: point)
    }

    /// The teams and people as of a day.
    ///
    /// Source: views `bellwether.team` and `bellwether.person`.
    public func organisation(
        on day: Day, companyName: String = "", at point: ReadPoint
    ) throws(BellwetherError) -> Organisation {
        try reading(on: day, back: point) { () throws(BellwetherError) in
            Organisation(companyName: companyName, teams: try teams(), people: try people())
        }
    }

    private func teams() throws(BellwetherError) -> [Team] {
        try rows("select source, id, coalesce(name, id) as name, parent_id, lead_id from bellwether.team") {
            row throws(DatabaseError) in
            let source = try row.decode("source", as: String.self)
            return Team(
                id: RecordID(source: source, id: try row.decode("id", as: String.self)),
                name: try row.decode("name", as: String.self),
                parent: try row.decode("parent_id", as: String?.self).map {
                    RecordID(source: source, id: $0)
                },
                lead: try row.decode("lead_id", as: String?.self).map { RecordID(source: source, id: $0) })
        }
    }

    private func people() throws(BellwetherError) -> [Person] {
        try rows("select source, id, coalesce(name, id) as name, team_id from bellwether.person") {
            row throws(DatabaseError) in
            let source = try row.decode("source", as: String.self)
            return Person(
                id: RecordID(source: source, id: try row.decode("id", as: String.self)),
                name: try row.decode("name", as: String.self),
                team: try row.decode("team_id", as: String?.self).map { RecordID(source: source, id: $0) })
        }
    }

    /// The deals that a forecast of a period counts as the organisation was, whatever the point's own is.
    public func forecastCellsAsWas(
        of period: Period, at point: ReadPoint
    ) throws(BellwetherError) -> [ForecastCell] {
        try set("bellwether.org", to: "")
        let cells: [ForecastCell]
        do throws(BellwetherError) {
            cells = try forecastCells(of: period, at: point)
        } catch {
            // The first error is the one to tell.
            try? set("bellwether.org", to: point.organisationDay?.description ?? "")
            throw error
        }
        try set("bellwether.org", to: point.organisationDay?.description ?? "")
        return cells
    }

    // MARK: - Of which day

    /// Sets the session's organisation and tells its day; nil as was. The clocks are set already.
    func setOrganisation(_ choice: OrganisationChoice) throws(BellwetherError) -> Day? {
        let day = try organisationDay(choice)
        // The day and not the word, so that the views need not look for it again.
        try set("bellwether.org", to: day?.description ?? "")
        return day
    }

    private func organisationDay(_ choice: OrganisationChoice) throws(BellwetherError) -> Day? {
        switch choice {
        case .asWas: return nil
        case .asIs:
            try set("bellwether.org", to: "as-is")
            if let day = try single("select bellwether.org_day() as value", as: Day?.self) { return day }
            throw BellwetherError(
                .organisationNotKnown,
                "nothing says which day is the newest: no snapshot of opportunities is loaded",
                hint: "Load a folder with opportunities, or name the day: --org 2026-11-01")
        case .day(let day):
            try requireOrganisation(of: day)
            return day
        }
    }

    /// Whoever names a day means what was true then, not what was known first or last of all.
    private func requireOrganisation(of day: Day) throws(BellwetherError) {
        let first = try single(
            "select min(day) as value from bellwether.live_snapshot where entity in ('team', 'person')",
            as: Day?.self)
        let last = try single(
            """
            select max(day) as value
            from bellwether.live_snapshot
            where entity in ('team', 'person', 'opportunity')
            """, as: Day?.self)
        guard let first, let last else {
            throw BellwetherError(
                .organisationNotKnown,
                "nothing is known of any organisation: no team and no person is loaded",
                hint: "Load a folder with teams and people.")
        }
        guard day < first || day > last else { return }
        throw BellwetherError(
            .organisationNotKnown,
            day < first
                ? "nothing is known of the organisation of \(day): its first snapshot is of \(first)"
                : "nothing is known of the organisation of \(day): the newest snapshot is of \(last)",
            hint: "Name a day from \(first) to \(last), or write as-is or as-was.")
    }
}
