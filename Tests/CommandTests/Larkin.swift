import TestSupport

/// A small company at the end of a quarter: what was called in week 10, what came, and what was said of it afterwards.
///
/// FY2026Q1 ends on Tuesday 2026-03-31; the third business day after it is Friday 2026-04-03. Worked by hand, in dollars,
/// deals that were closed or in commit on 2026-03-11, the last day of week 10:
///
///     East  d1 500,000 closed; d2 300,000 won at 280,000; d3 200,000 slips to June; d4 100,000 lost
///           d12 100,000 EUR at 1.10, won, of which the plan makes 1.05 from 2026-03-25 on
///     West  d5 150,000 is East's from 2026-03-20 on and won; d8 90,000 open at the freeze; d11 70,000 deleted
///
/// So East said 500 + 300 + 200 + 100 + 110 = 1,210 thousand and West 150 + 90 + 70 = 310. From outside East wins d6
/// (best case) 120,000 and d10 (created) 40,000, West d7 (pipeline) 80,000 and d9 (of the next quarter) 60,000. Closed at the
/// freeze: East 500 + 280 + 105 + 150 + 120 + 40 = 1,195; West 80 + 60 = 140; 1,335 together.
///
/// On 2026-04-10 the CRM says that d8 was won on 2026-03-31 and that d6 was lost after all: 1,335 + 90 − 120 = 1,305. A
/// corrected export of 2026-04-03 makes d1 510,000; the later one says so too: 1,315.
enum Larkin {
    static let days = ["2026-03-11", "2026-03-31", "2026-04-03", "2026-04-10"]

    /// The nights in which each of them says something else.
    static let nights = [
        night(asOf: 0), night(asOf: 1), night(asOf: 2), night(asOf: 3),
    ]

    /// The export of 2026-04-03 as it is corrected.
    static let correctedNight = night(asOf: 2, first: "510000")
    /// That of 2026-04-10, which knows of the correction.
    static let last = night(asOf: 3, first: "510000")

    static func night(asOf night: Int, first: String = "500000") -> [String: String] {
        reference.merging([
            "exchange_rate":
                "id,kind,from_currency,to_currency,rate\ne1,plan,EUR,USD,\(night == 0 ? "1.10" : "1.05")\n",
            "opportunity": deals(night, first),
        ]) { $1 }
    }

    static let reference = [
        "company": "id,name,currency,time_zone,fiscal_year_start_month\nl,Larkin,USD,Europe/Berlin,1\n",
        "team": "id,name,parent_id,lead_id\nt1,East,,p1\nt2,West,,p2\n",
        "person": "id,name,team_id\np1,Ada Lind,t1\np2,Ben Moor,t2\n",
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Won,Won,2,won,closed
        Lost,Lost,3,lost,omitted

        """,
        "plan_line": "id,kind,node_kind,node_id,period,amount\nb1,budget,company,,FY2026Q1,1500000\n",
    ]

    private static func deals(_ night: Int, _ first: String) -> String {
        let isLater = night > 0
        let rows: [String?] = [
            "d1,Alder,p1,Won,,\(first),USD,2026-02-10",
            isLater
                ? "d2,Beech,p1,Won,,280000,USD,2026-03-27" : "d2,Beech,p1,New,commit,300000,USD,2026-03-27",
            "d3,Cedar,p1,New,commit,200000,USD,\(isLater ? "2026-06-15" : "2026-03-30")",
            isLater
                ? "d4,Dogwood,p1,Lost,,100000,USD,2026-03-24"
                : "d4,Dogwood,p1,New,commit,100000,USD,2026-03-20",
            isLater
                ? "d5,Elder,p1,Won,,150000,USD,2026-03-30" : "d5,Elder,p2,New,commit,150000,USD,2026-03-30",
            night == 3
                ? "d6,Fir,p1,Lost,,120000,USD,2026-04-09"
                : isLater
                    ? "d6,Fir,p1,Won,,120000,USD,2026-03-26"
                    : "d6,Fir,p1,New,best_case,120000,USD,2026-03-26",
            isLater
                ? "d7,Gorse,p2,Won,,80000,USD,2026-03-25" : "d7,Gorse,p2,New,pipeline,80000,USD,2026-03-25",
            night == 3
                ? "d8,Hazel,p2,Won,,90000,USD,2026-03-31" : "d8,Hazel,p2,New,commit,90000,USD,2026-03-31",
            isLater ? "d9,Ivy,p2,Won,,60000,USD,2026-03-31" : "d9,Ivy,p2,New,commit,60000,USD,2026-05-12",
            isLater ? "d10,Juniper,p1,Won,,40000,USD,2026-03-31" : nil,
            isLater ? nil : "d11,Kale,p2,New,commit,70000,USD,2026-03-18",
            isLater
                ? "d12,Larch,p1,Won,,100000,EUR,2026-03-30" : "d12,Larch,p1,New,commit,100000,EUR,2026-03-30",
        ]
        return
            (["id,name,owner_id,stage_id,forecast_category,amount,currency,close_date"]
            + rows.compactMap(\.self)).joined(separator: "\n") + "\n"
    }

    /// What was called in week 10: East for itself, and West by an override.
    static let calls = [
        [
            "call", "submit", "--node", "East", "--amount", "1300000", "--by", "Ada Lind", "--at",
            "2026-03-11T09:00", "--period", "FY2026Q1",
        ],
        [
            "call", "override", "--node", "West", "--amount", "250000", "--by", "Ben Moor", "--at",
            "2026-03-11T10:00", "--period", "FY2026Q1",
        ],
    ]

    /// The company up to a night; four of them when nothing is said.
    static func bench(nights count: Int = 4, withCalls: Bool = true) throws -> Bench {
        let bench = try Bench()
        for (day, exports) in zip(days, nights).prefix(count) { try bench.mustLoad(day, exports) }
        for call in withCalls ? calls : [] {
            let outcome = try bench.run(call)
            guard outcome.status == 0 else { throw Command.Failure("\(call): \(outcome)") }
        }
        return bench
    }

    /// The company with all nights, the corrected freeze day and what follows from it, for tests that only ask.
    static let restated = Result { try corrected() }

    private static func corrected() throws -> Bench {
        let bench = try bench()
        for (day, exports) in [(days[2], correctedNight), (days[3], last)] {
            let outcome = try bench.load(day, exports, "--replace")
            guard outcome.status == 0 else { throw Command.Failure("\(day): \(outcome)") }
        }
        return bench
    }
}
