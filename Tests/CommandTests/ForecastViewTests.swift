import Foundation
import Model
import Postgres
import TestSupport
import Testing

/// Whoever sums `bellwether.forecast` in SQL finds the figures of `bellwether forecast`.
@Suite("The forecast in SQL")
struct ForecastViewTests {
    private static let categories = ["closed", "commit", "best_case", "pipeline", "omitted", "unmapped"]

    @Test(arguments: DrillDownTests.seeds)
    func `is the rollup to the cent, by every organisation`(seed: UInt64) throws {
        let bench = try Bench()
        let company = RandomCompany(seed: seed)
        var splits = RandomSplits(seed: seed)
        for (day, exports) in zip(RandomCompany.days, company.nights) {
            let outcome = try bench.load(
                day, exports.merging(["opportunity_split": splits.export()]) { $1 }, "--accept", "gone",
                "--accept",
                "rows")
            try #require(outcome.status == 0, "seed \(seed): \(outcome)")
        }
        let connection = try bench.connection()
        for (day, org) in [
            (RandomCompany.days[1], "as-was"), (RandomCompany.days[0], "as-was"),
            (RandomCompany.days[0], "as-is"),
            (RandomCompany.days[1], RandomCompany.days[0]),
        ] {
            for setting in [("as_of", day), ("org", org)] {
                try connection.execute("select set_config('bellwether.\(setting.0)', '\(setting.1)', false)")
            }
            for period in day == RandomCompany.days[1] ? company.periods : Array(company.periods.suffix(1)) {
                let place = "seed \(seed), \(period) as of \(day), \(org)"
                let rows = try Self.forecast(bench, period, day, org)
                let view = try Self.view(connection, period)
                let start = try #require(rows.first)
                try compareTotals(start, view, connection, period, place)
                comparePeople(rows, view, place)
                compareNodes(rows, place)
            }
        }
    }

    /// Whether the command chooses the organisation by an option, which then also says whose tree is walked.
    private static let hasOption = Result {
        try Bench(isMigrated: false).run("forecast", "--help").output.contains("--org ")
    }

    /// The forecast by an organisation.
    private static func forecast(
        _ bench: Bench, _ period: String, _ day: String, _ org: String
    ) throws -> [PrintedRow] {
        let words = ["forecast", "--by", "person", "--period", period, "--as-of", day]
        if try hasOption.get() { return try bench.answer(words + ["--org", org]).rows() }
        let options = "options=-c%20bellwether.org%3D\(org)"
        return try bench.answer(
            words + ["--db", bench.url + (bench.url.contains("?") ? "&" : "?") + options]
        ).rows()
    }

    private struct Cell {
        let person: String
        let team: String
        let category: String
        let isUndated: Bool
        let deals: Int
        let mainDeals: Int
        let amount: Amount
        let pastDue: Amount
        let pastDueMain: Int
    }

    /// The view's rows of a period, and those without one, by the names that the forecast prints.
    private static func view(_ connection: Connection, _ period: String) throws -> [Cell] {
        let treeDay =
            try hasOption.get()
            ? "coalesce(bellwether.org_day(), bellwether.as_of())" : "bellwether.as_of()"
        return try connection.query(
            """
            select
                case
                    when forecast.person_id is null or (forecast.is_person_unknown and person.id is null) then 'Unassigned'
                    else replace(coalesce(person.name, forecast.person_name, forecast.person_id), 'Person ', '')
                end as person,
                coalesce(team.name, team.id, 'No team') as team,
                forecast.category, forecast.is_undated, forecast.deals, forecast.main_deals,
                coalesce(forecast.amount, 0) as amount, coalesce(forecast.past_due_amount, 0) as past_due,
                forecast.past_due_main_deals
            from bellwether.forecast
            left join bellwether.person_history as person
                on person.source = forecast.source and person.id = forecast.person_id
                    and \(treeDay) >= person.valid_from and \(treeDay) < person.valid_to
            left join bellwether.team_history as team
                on team.source = forecast.source and team.id = forecast.team_id
                    and \(treeDay) >= team.valid_from and \(treeDay) < team.valid_to
            where forecast.period = $1 or forecast.is_undated
            """, [.text(period)]
        ).map { row in
            Cell(
                person: try row.decode("person"), team: try row.decode("team"),
                category: try row.decode("category"),
                isUndated: try row.decode("is_undated"), deals: try row.decode("deals"),
                mainDeals: try row.decode("main_deals"),
                amount: try #require(Amount(row.decode("amount", as: String.self))),
                pastDue: try #require(Amount(row.decode("past_due", as: String.self))),
                pastDueMain: try row.decode("past_due_main_deals"))
        }
    }

    private func compareTotals(
        _ top: PrintedRow, _ view: [Cell], _ connection: Connection, _ period: String, _ place: String
    ) throws {
        for category in Self.categories {
            let cells = view.filter { $0.category == category && !$0.isUndated }
            #expect(top.amount(category) == cells.reduce(.zero) { $0 + $1.amount }, "\(place), \(category)")
            #expect(
                top.integer("\(category)_count") == cells.reduce(0) { $0 + $1.mainDeals },
                "\(place), \(category)")
        }
        let dated = view.filter { !$0.isUndated && $0.category != "omitted" }
        #expect(top.amount("past_due") == dated.reduce(.zero) { $0 + $1.pastDue }, "\(place)")
        #expect(top.integer("past_due_count") == dated.reduce(0) { $0 + $1.pastDueMain }, "\(place)")
        let undated = view.filter { $0.isUndated }
        for (column, isWon) in [("undated", false), ("won_undated", true)] {
            let cells = undated.filter { ($0.category == "closed") == isWon }
            #expect(top.amount(column) == cells.reduce(.zero) { $0 + $1.amount }, "\(place), \(column)")
            #expect(
                top.integer("\(column)_count") == cells.reduce(0) { $0 + $1.mainDeals }, "\(place), \(column)"
            )
        }
        let earlier = try connection.queryOne(
            """
            select coalesce(sum(past_due_amount), 0)::text as amount, coalesce(sum(past_due_main_deals), 0)::bigint as deals
            from bellwether.forecast
            where period_kind = 'quarter'
                and start_date < (select start_date from bellwether.calendar_period where period = $1)
            """, [.text(period)])
        #expect(
            try top.amount("earlier_past_due") == earlier.flatMap { Amount(try $0.decode("amount")) },
            "\(place)")
        #expect(
            try top.integer("earlier_past_due_count") == earlier?.decode("deals", as: Int.self), "\(place)")
    }

    private func comparePeople(_ rows: [PrintedRow], _ view: [Cell], _ place: String) {
        struct Key: Hashable { let person: String, team: String, category: String }
        var expected: [Key: [Amount]] = [:]
        var counts: [Key: Int] = [:]
        for cell in view where !cell.isUndated {
            let team = cell.person == "Unassigned" ? "" : cell.team
            let key = Key(person: cell.person, team: team, category: cell.category)
            expected[key, default: []].append(cell.amount)
            counts[key, default: 0] += cell.deals
        }
        var seen: Set<Key> = []
        for row in rows where row.text("level") == "person" || row.text("node") == "Unassigned" {
            for category in Self.categories {
                let isNobody = row.text("node") == "Unassigned"
                let key = Key(
                    person: (row.text("node") ?? "").replacing("Person ", with: ""),
                    team: isNobody ? "" : row.text("parent") ?? "", category: category)
                seen.insert(key)
                #expect(
                    row.amount(category) == (expected[key] ?? []).reduce(.zero, +), "\(place), \(key)")
                // Of nobody's parts a deal is counted once, of a person's it is one part.
                if !isNobody {
                    #expect(row.integer("\(category)_count") == counts[key] ?? 0, "\(place), \(key)")
                }
            }
        }
        #expect(Set(expected.keys).isSubset(of: seen), "\(place): \(Set(expected.keys).subtracting(seen))")
    }

    /// Children plus own is parent; of deals that they share a node has no more than they together, and no fewer than
    /// any of them.
    private func compareNodes(_ rows: [PrintedRow], _ place: String) {
        for row in rows where row.text("level") != "person" && row.text("node") != "Unassigned" {
            let below = rows.filter { $0.text("parent") == row.text("node") && $0.values["level"] != nil }
            for category in Self.categories {
                #expect(
                    row.amount(category) == below.reduce(.zero) { $0 + ($1.amount(category) ?? .zero) },
                    "\(place), \(row.text("node") ?? "") \(category)")
                let counts = below.map { $0.integer("\(category)_count") ?? 0 }
                let own = row.integer("\(category)_count") ?? 0
                #expect(
                    own <= counts.reduce(0, +) && own >= counts.max() ?? 0,
                    "\(place), \(row.text("node") ?? "")")
            }
        }
    }

    @Test func `knows every period of the company's calendar`() throws {
        let bench = try Bench()
        // As the company's record words it, and as the script takes it, for the years that end in 1990 to 2060.
        let calendars = [
            ("months,,,1", "months,1,end,1,last,last"), ("4-4-5,Saturday last,,2", "445,2,end,6,last,last"),
            ("5-4-4,friday  nearest,first,7", "544,7,end,5,nearest,first"),
        ]
        let truth = try Oracle.run("fiscal_calendar.py", calendars.map { $0.1 + ",1990,2060" })
        let expected = try #require(truth["calendars"] as? [String])
        for (index, calendar) in calendars.enumerated() {
            try bench.mustLoad(
                "2026-05-0\(index + 4)",
                Acme.exports.merging([
                    "company": """
                    id,name,currency,calendar,week_anchor,extra_week,fiscal_year_start_month
                    acme,Acme,USD,\(calendar.0)

                    """
                ]) { $1 })
            let found = try bench.values(
                """
                select concat_ws(' ', period, start_date, end_date) as value
                from bellwether.calendar_period
                where substr(period, 3, 4) between '1990' and '2060'
                """)
            let wanted = expected[index].split(separator: "\n").map(String.init)
            #expect(found.compactMap { $0 }.sorted() == wanted.sorted(), "\(calendar.0)")
        }
    }

    @Test func `reads a loaded calendar, that of the company's source first`() throws {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-05-04",
            Acme.exports.merging([
                "company": "id,name,currency,calendar\nacme,Acme,USD,loaded\n",
                "fiscal_period": """
                id,period,kind,start_date,end_date
                a,Spring,quarter,2026-03-15,2026-06-30
                b,fy26q3,quarter,2026-07-01,2026-09-12
                c,,quarter,2026-09-13,2026-12-31

                """,
            ]) { $1 })
        #expect(
            try bench.values(
                "select concat_ws(' ', period, kind, start_date, end_date) as value from bellwether.calendar_period order by start_date"
            )
                == ["Spring quarter 2026-03-15 2026-06-30", "FY2026Q3 quarter 2026-07-01 2026-09-12"])
        #expect(
            try bench.values(
                "select concat_ws(' ', person_name, category, deals, trim_scale(amount)) as value from bellwether.forecast where period = 'Spring' order by 1"
            )
                == ["Ann commit 1 100", "Bob commit 1 200"])
    }
}
