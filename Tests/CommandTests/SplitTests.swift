import Foundation
import Model
import Postgres
import TestSupport
import Testing

/// Who is credited with how much of a deal that several people share.
@Suite("Splits")
struct SplitTests {
    private static let header = "id,opportunity_id,person_id,kind,percent,amount,currency\n"

    /// Ann and Cy of East, Bob of West; d1 of Ann over 100, d2 of Bob over 200, and these splits.
    private func bench(_ splits: String..., deals: String = Acme.deals) throws -> Bench {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-05-04",
            Acme.reference.merging([
                "opportunity": deals, "person": "id,name,team_id\np1,Ann,t1\np2,Bob,t2\np3,Cy,t1\n",
                "opportunity_split": Self.header + splits.joined(separator: "\n") + "\n",
            ]) { $1 })
        return bench
    }

    private func parts(_ bench: Bench) throws -> [String?] {
        try bench.values(
            """
            select concat_ws(
                ' ', id, coalesce(person_name, person_id, '-'), trim_scale(percent), trim_scale(amount_company),
                case when is_main_part then 'main' end) as value
            from bellwether.deal_credit order by id, percent desc, person_id
            """)
    }

    private func findings(_ bench: Bench) throws -> [String?] {
        try bench.values(
            """
            select concat_ws(' ', id, code, value) as value from bellwether.finding
            where entity = 'opportunity_split' order by 1
            """)
    }

    @Test func `without splits the whole deal is its owner's`() throws {
        let bench = try bench("x1,d9,p1,revenue,50,,")
        #expect(try parts(bench) == ["d1 Ann 100 100 main", "d2 Bob 100 200 main"])
        #expect(try findings(bench) == ["x1 opportunity_unknown d9"])
    }

    @Test func `parts are rounded once and the rest is the owner's`() throws {
        // 100.01 × 33.333333 % = 33.3366… and 33.34 twice; 100.01 − 66.68 = 33.33 stay with Ann.
        let bench = try bench(
            "s1,d1,p1,revenue,33.333334,,", "s2,d1,p2,revenue,33.333333,,", "s3,d1,p3,revenue,33.333333,,",
            deals: Acme.deals("d1,First,a1,p1,New,commit,100.01,USD,2026-06-30"))
        #expect(
            try parts(bench) == [
                "d1 Ann 33.333334 33.33 main", "d1 Bob 33.333333 33.34", "d1 Cy 33.333333 33.34",
            ])
        #expect(try findings(bench).isEmpty)
    }

    @Test func `a shortfall stays with the owner and is a finding`() throws {
        let bench = try bench("s1,d1,p2,revenue,30,,", "s2,d1,p3,revenue,20,,")
        #expect(
            try parts(bench).prefix(3) == ["d1 Ann 50 50 main", "d1 Bob 30 30", "d1 Cy 20 20"])
        #expect(try findings(bench) == ["s1 split_shortfall 50", "s2 split_shortfall 50"])
    }

    @Test func `an excess is scaled down to the deal and is a finding`() throws {
        // Others ask for 150 %: 100 ÷ 150 × 90 = 60 and × 60 = 40, and nothing is left for Ann.
        let bench = try bench("s1,d1,p1,revenue,10,,", "s2,d1,p2,revenue,90,,", "s3,d1,p3,revenue,60,,")
        #expect(try parts(bench).prefix(2) == ["d1 Bob 60 60 main", "d1 Cy 40 40"])
        #expect(
            try findings(bench) == ["s1 split_excess 160", "s2 split_excess 160", "s3 split_excess 160"])
    }

    @Test func `the owner has what others leave, whatever the owner's own split says`() throws {
        let bench = try bench("s1,d1,p1,revenue,60,,", "s2,d1,p2,revenue,50,,")
        #expect(try parts(bench).prefix(2) == ["d1 Ann 50 50 main", "d1 Bob 50 50"])
        #expect(try findings(bench) == ["s1 split_excess 110", "s2 split_excess 110"])
    }

    @Test func `faulty splits credit nobody, and their share stays with the owner`() throws {
        let bench = try bench(
            "s1,d1,p2,revenue,-20,,", "s2,d1,p9,revenue,50,,", "s3,d1,,revenue,50,,",
            "s4,d1,p2,commission,50,,",
            "s5,d1,p2,revenue,,,", "s6,,p2,revenue,50,,", "s7,d1,p2,revenue,,10,GBP")
        #expect(try parts(bench).first == "d1 Ann 100 100 main")
        #expect(
            try findings(bench) == [
                "s1 split_negative -20", "s2 person_unknown p9", "s3 split_person_missing 50",
                "s4 split_kind_unknown 50", "s5 split_share_missing", "s6 split_deal_missing",
                "s7 split_share_missing",
            ])
    }

    @Test func `an amount in the place of a percentage is a share of the deal`() throws {
        let bench = try bench("s1,d2,p1,revenue,,50,", "s2,d2,p2,revenue,,150,USD")
        #expect(try parts(bench).suffix(2) == ["d2 Bob 75 150 main", "d2 Ann 25 50"])
        #expect(try findings(bench).isEmpty)
        let deal = try self.bench(
            "s1,d1,p2,revenue,,150,", deals: Acme.deals("d1,First,a1,p1,New,commit,100,USD,2026-06-30"))
        #expect(try parts(deal) == ["d1 Bob 100 100 main"])
        #expect(try findings(deal) == ["s1 split_excess 150"])
    }

    @Test func `a deal without amount or owner is shared all the same`() throws {
        let bench = try bench(
            "s1,d1,p2,revenue,40,,", "s2,d2,p2,revenue,40,,",
            deals: Acme.deals(
                "d1,First,a1,p1,New,commit,,USD,2026-06-30", "d2,Second,a1,,New,commit,200,USD,2026-06-30"))
        #expect(try parts(bench) == ["d1 Ann 60 main", "d1 Bob 40", "d2 - 60 120 main", "d2 Bob 40 80"])
    }

    @Test func `forecast sums parts, counts deals once, and shows overlay apart`() throws {
        let bench = try bench(
            "s1,d1,p1,revenue,60,,", "s2,d1,p3,revenue,40,,", "s3,d2,p1,revenue,25,,",
            "s4,d2,p2,revenue,75,,",
            "s5,d2,p3,overlay,50,,")
        let answer = try bench.answer("forecast", "--by", "person", "--period", "FY2026Q2")
        let rows = answer.rows().map { row in
            ["node", "commit", "overlay"].map { row.text($0) ?? "" }.joined(separator: " ")
                + " \(row.integer("commit_count") ?? -1)"
        }
        #expect(
            rows == [
                "Acme 300 100 2", "East 150 100 2", "Ann 110 0 2", "Cy 40 100 1", "West 150 0 1",
                "Bob 150 0 1",
            ])
        // 100 of overlay on 150 of East's own.
        #expect(answer.rows()[1].values["overlay_ratio"] as? Double == 100.0 / 150)
        let screen = try bench.run("forecast", "--period", "FY2026Q2").output
        #expect(
            screen.contains("Overlay credit of 100 USD, 33 % of closed and open deals, is in no total"),
            "\(screen)")
    }

    @Test func `deals of a team or person are listed with their parts`() throws {
        let bench = try bench("s1,d1,p1,revenue,60,,", "s2,d1,p2,revenue,40,,", "s3,d1,p3,overlay,10,,")
        func deals(_ options: String...) throws -> [String] {
            try bench.answer(["deals", "--period", "FY2026Q2"] + options).rows().map { row in
                [row.text("deal"), row.text("amount"), row.text("credit")].map { $0 ?? "-" }
                    .joined(separator: " | ")
            }
        }
        #expect(
            try deals() == [
                "Second | 200 | -", "First | 100 | Ann 60 %, Bob 40 %",
            ])
        #expect(
            try deals("--team", "West") == ["Second | 200 | -", "First | 40 | Bob 40 %"])
        #expect(try deals("--person", "Ann") == ["First | 60 | Ann 60 %"])
        #expect(try deals("--person", "Cy").isEmpty)
    }

    @Test func `a moved person's part counts in the team of the day, by the organisation that is chosen`()
        throws
    {
        let bench = try bench("s1,d1,p1,revenue,60,,", "s2,d1,p3,revenue,40,,")
        try bench.mustLoad(
            "2026-05-05",
            ["opportunity": Acme.deals, "person": "id,name,team_id\np1,Ann,t1\np2,Bob,t2\np3,Cy,t2\n"])
        let connection = try bench.connection()
        var found: [String] = []
        for org in ["", "as-is", "2026-05-04", "2026-05-05"] {
            try connection.execute("select set_config('bellwether.as_of', '2026-05-05', false)")
            try connection.execute("select set_config('bellwether.org', '\(org)', false)")
            for row in try connection.query(
                "select team_id from bellwether.deal_credit where person_id = 'p3'")
            {
                found.append(try row.decode("team_id", as: String.self))
            }
        }
        #expect(found == ["t2", "t2", "t1", "t2"])
    }

    @Test(arguments: DrillDownTests.seeds)
    func `of random companies are what a script reckons, and add up to the deal`(seed: UInt64) throws {
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
        func write(_ name: String, _ header: String, _ sql: String) throws -> String {
            let lines = try bench.values(sql).compactMap { $0 }
            return try bench.folder.write(name, ([header] + lines).joined(separator: "\n") + "\n")
        }
        let deals = try write(
            "deals.csv", "id,owner,amount,currency,amount_company,close_date",
            """
            select concat_ws(
                ',', id, coalesce(owner_id, ''), coalesce(amount::text, ''), coalesce(currency, ''),
                coalesce(amount_company::text, ''), coalesce(close_date, bellwether.as_of())) as value
            from bellwether.deal_state
            """)
        let told = try write(
            "splits.csv", "id,deal,person,kind,percent,amount,currency",
            """
            select concat_ws(
                ',', id, coalesce(opportunity_id, ''), coalesce(person_id, ''), coalesce(kind, ''),
                coalesce(percent::text, ''), coalesce(amount::text, ''), coalesce(currency, '')) as value
            from bellwether.opportunity_split
            """)
        let people = try write("people.txt", "", "select distinct id as value from bellwether.person_history")
        let rates = try write(
            "rates.csv", "from_currency,start,end,rate",
            """
            select concat_ws(
                ',', from_currency, greatest(start_date, date '0001-01-01'), least(end_date, date '9999-12-31'), rate)
                as value
            from bellwether.plan_rate where to_currency = 'USD'
            """)
        let expected = try Oracle.run("splits.py", [deals, told, people, rates, "USD"])
        let found = try bench.values(
            """
            select concat_ws(
                ' ', id, coalesce(person_id, '-'), coalesce(to_char(amount_company, 'FM9999999999990.00'), 'none')) as value
            from bellwether.deal_credit
            """)
        let wanted = expected.map { "\($0.key) \($0.value as? String ?? "")" }
        #expect(found.compactMap { $0 }.sorted() == wanted.sorted(), "seed \(seed)")
        let unbalanced = try bench.values(
            """
            select credit.id as value
            from bellwether.deal_credit as credit
            inner join bellwether.deal_state as deal on deal.source = credit.source and deal.id = credit.id
            group by credit.source, credit.id, deal.amount_company
            having sum(credit.amount_company) is distinct from deal.amount_company
                or count(*) filter (where credit.is_main_part) <> 1
                or count(*) <> count(distinct coalesce(credit.person_id, ''))
                or abs(sum(credit.percent) - 100) > 0.00001
            """)
        #expect(unbalanced.isEmpty, "seed \(seed): \(unbalanced)")
    }
}

/// The planted fact of the sample company.
@Suite("Splits of the sample company")
struct SampleSplitTests {
    private func forecast(_ options: String...) throws -> [PrintedRow] {
        let bench = try Bench()
        let sample = try bench.run(
            ["sample", "halden", "--deals", "300", "--until", "2026-12-07", "--nights", "1"] + options)
        try #require(sample.status == 0, "\(sample)")
        let load = try bench.run("load", "generic", "--from-dir", "halden", "--all-missing")
        try #require(load.status == 0, "\(load)")
        return try bench.answer("forecast", "--period", "FY2026Q4", "--by", "person").rows()
    }

    @Test func `count once in every total, and overlay credit is shown apart`() throws {
        let shared = try forecast()
        let plain = try forecast("--without", "split-credit")
        let columns = [
            "closed", "commit", "best_case", "pipeline", "omitted", "closed_count", "commit_count",
            "best_case_count",
            "pipeline_count", "open_count",
        ]
        func figures(_ row: PrintedRow) -> [String] {
            columns.map { row.text($0) ?? row.integer($0).map(String.init) ?? "-" }
        }
        // The partners are of one team each: what changes is who of the team has it.
        for (mine, other) in zip(shared, plain) where mine.text("level") != "person" {
            #expect(mine.text("node") == other.text("node"))
            #expect(figures(mine) == figures(other), "\(mine.text("node") ?? "")")
        }
        let moved = zip(shared, plain).filter { $0.text("level") == "person" && figures($0) != figures($1) }
        #expect(!moved.isEmpty)
        // Half of Tarnbrook Steel's 221,700 is Hannah Vogt's, in no sum.
        let overlay = shared.filter { $0.amount("overlay") != .zero }.map { $0.text("node") ?? "" }
        #expect(overlay == ["Halden Instruments", "West", "Hannah Vogt"])
        #expect(shared.first?.text("overlay") == "110850")
        #expect(plain.allSatisfy { $0.amount("overlay") == .zero })
    }
}
