import TestSupport

/// A company of two quarters of history, seen on the same day of each: 24 days before its end.
///
/// Worked by hand. FY2025Q4 on 2025-12-07: closed 100, open 60 + 40 = 100; it landed at 200: 100 closed then, 50 of what
/// was open, 30 that was moved in, 20 that was created later. FY2026Q1 on 2026-03-07: closed 80, open 120 + 80 = 200; it
/// landed at 180: 80 closed then, 100 of what was open; a deal of 80 was deleted. FY2026Q2 on 2026-06-06: closed 50,
/// open 90 + 60 = 150.
enum Corvid {
    static let days = ["2025-12-07", "2025-12-31", "2026-03-07", "2026-03-31", "2026-06-06"]

    static let reference = [
        "company": "id,name,currency,fiscal_year_start_month\nc,Corvid,USD,1\n",
        "team": "id,name,parent_id\nt1,East,\nt2,West,\n",
        "person": "id,name,team_id,start_date\np1,Ann,t1,\np2,Bob,t2,\np3,Cleo,t2,2026-05-16\n",
        "account": "id,name\na1,Globex\na2,Initech\n",
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Won,Won,2,won,closed
        Lost,Lost,3,lost,omitted

        """,
        "plan_line": """
        id,kind,node_kind,node_id,period,amount
        b1,budget,company,,FY2025Q4,300
        b2,budget,company,,FY2026Q1,180
        b3,budget,company,,FY2026Q2,200
        b4,budget,team,t1,FY2026Q2,50
        b5,budget,team,t2,FY2026Q2,0
        q1,quota,person,p1,FY2026Q2,50
        q2,quota,person,p2,FY2026Q2,100
        q3,quota,person,p3,FY2026Q2,182

        """,
    ]

    private static let header =
        "id,name,account_id,owner_id,stage_id,forecast_category,amount,currency,close_date\n"

    /// The deals of a night, one a line.
    static func deals(_ lines: String) -> String { header + lines + "\n" }

    static let nights = [
        """
        d1,Old,a1,p1,Won,,100,USD,2025-11-01
        d2,Sure,a1,p2,New,commit,60,USD,2025-12-20
        d3,Likely,a1,p1,New,best_case,40,USD,2025-12-28
        d5,Early,a1,p2,New,pipeline,100,USD,2026-02-01
        """,
        """
        d1,Old,a1,p1,Won,,100,USD,2025-11-01
        d2,Sure,a1,p2,Won,,50,USD,2025-12-20
        d3,Likely,a1,p1,Lost,,40,USD,2025-12-28
        d4,New,a1,p1,Won,,20,USD,2025-12-30
        d5,Early,a1,p2,Won,,30,USD,2025-12-29
        """,
        march("d7,Next,a1,p2,New,commit,120,USD,2026-03-20\nd8,Gone,a1,p1,New,pipeline,80,USD,2026-03-30"),
        march("d7,Next,a1,p2,Won,,100,USD,2026-03-20"),
        march(
            """
            d7,Next,a1,p2,Won,,100,USD,2026-03-20
            d9,Now,a1,p1,Won,,50,USD,2026-05-01
            d10,Soon,a1,p2,New,commit,90,USD,2026-06-20
            d11,Perhaps,a2,p1,New,best_case,60,USD,2026-06-25
            """),
    ].map(deals)

    static func march(_ lines: String) -> String {
        """
        d1,Old,a1,p1,Won,,100,USD,2025-11-01
        d2,Sure,a1,p2,Won,,50,USD,2025-12-20
        d3,Likely,a1,p1,Lost,,40,USD,2025-12-28
        d4,New,a1,p1,Won,,20,USD,2025-12-30
        d5,Early,a1,p2,Won,,30,USD,2025-12-29
        d6,First,a1,p1,Won,,80,USD,2026-01-15
        \(lines)
        """
    }

    /// The company with its first so many nights, or those of some days.
    static func bench(_ wanted: [String] = days, _ changed: [String: String] = [:]) throws -> Bench {
        let bench = try Bench()
        for (day, deals) in zip(days, nights) where wanted.contains(day) {
            let exports = reference.merging(changed) { $1 }.merging(["opportunity": deals]) { $1 }
            try bench.mustLoad(day, exports)
        }
        return bench
    }
}
