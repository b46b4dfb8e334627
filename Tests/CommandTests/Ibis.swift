import TestSupport

/// A company of three people with four frozen quarters of 2025, each seen at the end of its tenth week and on the day
/// that freezes it; the fifth quarter is in its tenth week.
///
/// Each quarter, of East: Ann has closed 50 and committed 40 and 10, and all of it comes; Bob commits 30 and 30, which is
/// lost, and wins 20 that was best case. Of West: Cy wins 100 that was best case. Landed: Ann 100, Bob 20, Cy 100.
/// Called are Ann 100, Bob 70, Cy 50; East is overridden with 150, West calls 80, and so the company calls 230 for 220.
enum Ibis {
    /// The end of week ten and the freeze of each quarter.
    static let quarters = [
        ("FY2025Q1", "2025-03-11", "2025-04-03"), ("FY2025Q2", "2025-06-09", "2025-07-03"),
        ("FY2025Q3", "2025-09-08", "2025-10-03"), ("FY2025Q4", "2025-12-09", "2026-01-05"),
    ]
    static let today = "2026-03-11"

    private static let reference = [
        "company":
            "id,name,currency,time_zone,fiscal_year_start_month,freeze_business_day\nc,Ibis,USD,UTC,1,3\n",
        "team": "id,name,parent_id,lead_id\nt1,East,,p1\nt2,West,,p3\n",
        "person": "id,name,team_id\np1,Ann,t1\np2,Bob,t1\np3,Cy,t2\n",
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Proof,Proof,2,open,best_case
        Sure,Sure,3,open,commit
        Won,Won,4,won,closed
        Lost,Lost,5,lost,omitted

        """,
    ]

    /// The deals of a quarter in its tenth week, or in the end.
    private static func deals(_ number: Int, lastDay: String, isOver: Bool) -> [String] {
        [
            ("a", "p1", "Won", "Won", 50), ("b", "p1", "Sure", "Won", 40), ("c", "p1", "Sure", "Won", 10),
            ("d", "p2", "Sure", "Lost", 30), ("e", "p2", "Sure", "Lost", 30),
            ("f", "p2", "Proof", "Won", 20), ("g", "p3", "Proof", "Won", 100),
        ].map { name, owner, then, end, amount in
            "\(name)\(number),\(name)\(number),\(owner),\(isOver ? end : then),\(amount),\(lastDay)"
        }
    }

    private static func calls(_ period: String, _ day: String) -> String {
        """
        \(period)-p1,person,p1,\(period),commit,own,100,USD,\(day)T17:00:00Z
        \(period)-p2,person,p2,\(period),commit,own,70,USD,\(day)T17:00:00Z
        \(period)-p3,person,p3,\(period),commit,own,50,USD,\(day)T17:00:00Z
        \(period)-t1,team,t1,\(period),commit,override,150,USD,\(day)T18:00:00Z
        \(period)-t2,team,t2,\(period),commit,own,80,USD,\(day)T18:00:00Z

        """
    }

    private static let callHeader =
        "id,node_kind,node_id,period,category,kind,amount,currency,submitted_at\n"

    /// The company with all of its nights.
    static func bench() throws -> Bench {
        let bench = try Bench()
        var past: [String] = []
        var flags = ""
        let lastDays = ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]
        let header = "id,name,owner_id,stage_id,amount,close_date\n"
        for (number, (quarter, lastDay)) in zip(quarters, lastDays).enumerated() {
            let (period, week, freeze) = quarter
            var exports = reference
            exports["opportunity"] =
                header
                + (past + deals(number, lastDay: lastDay, isOver: false)).joined(separator: "\n") + "\n"
            exports["call"] = callHeader + calls(period, week)
            // Bob tells of one of two in the first two quarters.
            if number < 2 {
                flags += "r\(number),d\(number),\(week)T12:00:00Z,p2,budget\n"
                exports["risk_flag"] = "id,opportunity_id,raised_at,raised_by_id,about\n" + flags
            }
            try bench.mustLoad(week, exports)
            past += deals(number, lastDay: lastDay, isOver: true)
            exports["opportunity"] = header + past.joined(separator: "\n") + "\n"
            exports["call"] = nil
            try bench.mustLoad(freeze, exports)
        }
        var exports = reference
        exports["opportunity"] =
            header + (past + deals(9, lastDay: "2026-03-31", isOver: false)).joined(separator: "\n") + "\n"
        exports["call"] = callHeader + calls("FY2026Q1", today)
        try bench.mustLoad(today, exports)
        return bench
    }
}
