import TestSupport

/// A company whose teams call: the figures of a quarter that misses its budget by 0.10 million.
///
/// Worked by hand, FY2026Q4 as of 2026-12-07, in thousands: East 1,650 closed + 700 commit = 2,350; West 1,500 + 600 =
/// 2,100; EMEA 950 + 1,000 = 1,950, where on 2026-11-16 it had 600 more, in Brightwater (420) and Kestrel (180).
enum Meridian {
    static let days = ["2026-11-16", "2026-12-07"]

    static let nights = [
        reference.merging(["opportunity": deals(slipped: "2026-12-20")]) { $1 },
        reference.merging(["opportunity": deals(slipped: "2027-01-15")]) { $1 },
    ]

    static let reference = [
        "company": "id,name,currency,time_zone,fiscal_year_start_month\nm,Meridian,USD,Europe/Berlin,1\n",
        "team": "id,name,parent_id,lead_id\nt1,East,,p1\nt2,West,,\nt3,EMEA,,p3\n",
        "person": """
        id,name,team_id
        p1,Dana Ortiz,t1
        p2,Tom Ivers,t2
        p3,Jonas Keller,t3
        p4,Luc Moreau,t3

        """,
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Won,Won,2,won,closed
        Lost,Lost,3,lost,omitted

        """,
        "exchange_rate": "id,kind,from_currency,to_currency,rate\ne1,plan,EUR,USD,1.10\n",
        "plan_line": "id,kind,node_kind,node_id,period,amount\nb1,budget,company,,FY2026Q4,7200000\n",
    ]

    static func deals(slipped: String) -> String {
        """
        id,name,owner_id,stage_id,forecast_category,amount,currency,close_date
        d1,Alder,p1,Won,,1650000,USD,2026-10-20
        d2,Beech,p1,New,commit,700000,USD,2026-12-20
        d3,Cedar,p2,Won,,1500000,USD,2026-10-20
        d4,Dogwood,p2,New,commit,600000,USD,2026-12-20
        d5,Elder,p4,Won,,950000,USD,2026-11-01
        d6,Fir,p4,New,commit,1000000,USD,2026-12-20
        d7,Brightwater,p4,New,commit,420000,USD,\(slipped)
        d8,Kestrel,p4,New,commit,180000,USD,\(slipped)

        """
    }

    /// The company with both nights.
    static func bench() throws -> Bench {
        let bench = try Bench()
        for (day, exports) in zip(days, nights) { try bench.mustLoad(day, exports) }
        return bench
    }

    /// A call of East's own, and an override of EMEA three weeks before.
    static let calls = [
        [
            "call", "override", "--node", "EMEA", "--amount", "2.45M", "--by", "Jonas Keller", "--at",
            "2026-11-16T17:00", "--period", "FY2026Q4", "--note", "two deals will slip",
        ],
        [
            "call", "submit", "--node", "East", "--amount", "2550000", "--by", "Dana Ortiz", "--at",
            "2026-12-04T17:00", "--period", "FY2026Q4",
        ],
    ]

    /// The company with both nights and both calls.
    static func called() throws -> Bench {
        let bench = try bench()
        for call in calls {
            let outcome = try bench.run(call)
            guard outcome.status == 0 else { throw Failure(outcome: "\(outcome)") }
        }
        return bench
    }

    struct Failure: Error {
        let outcome: String
    }
}
