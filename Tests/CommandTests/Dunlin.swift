import TestSupport

/// A company whose FY2026Q1 (January to March 2026, frozen on 2026-04-02) has a deal of every fate and origin.
///
/// Worked by hand. Open at the end of 2025-12-31: commit d1 100, d2 50, d9 25; best case d3 40, d6 60; pipeline d4 30, d5 20,
/// d8 10. Won in the end: d1 90, d9 25, d10 70, d11 15, d12 35, d13 45, d14 5.
enum Dunlin {
    static let days = [
        "2025-08-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-03-01", "2026-03-25", "2026-04-02",
    ]

    private static let reference = [
        "company": "id,name,currency,fiscal_year_start_month,freeze_business_day\nc,Dunlin,USD,1,2\n",
        "team": "id,name,parent_id\nt1,East,\nt2,West,\n",
        "person": "id,name,team_id\np1,Ann,t1\np2,Bob,t2\n",
        "account": "id,name\na1,Globex\na2,Initech\na5,Acme\na6,Hooli\n",
        "product": "id,name\nP1,Flow\nP2,Services\n",
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Proof,Proof,2,open,best_case
        Sure,Sure,3,open,commit
        Won,Won,4,won,closed
        Lost,Lost,5,lost,omitted

        """,
        "opportunity_split":
            "id,opportunity_id,person_id,kind,percent\ns1,d1,p1,revenue,60\ns2,d1,p2,revenue,40\n",
    ]

    private static let header =
        "id,name,account_id,owner_id,product_id,stage_id,amount,close_date,next_step\n"

    private static let nights = [
        """
        d4,Old friend,a1,p1,P1,New,30,2025-09-15,
        d14,Second thoughts,a1,p1,P1,New,5,2025-12-01,
        """,
        """
        d4,Old friend,a1,p1,P1,New,30,2025-12-20,
        d11,Overdue,a1,p2,P1,New,15,2025-12-15,
        d14,Second thoughts,a1,p1,P1,Lost,5,2025-11-20,
        """,
        """
        d1,Sure thing,a1,p1,P1,Sure,100,2026-02-10,
        d2,Too late,a2,p1,P1,Sure,50,2026-03-20,call
        d3,Moved early,a2,p2,P1,Proof,40,2026-02-20,
        d4,Old friend,a1,p1,P1,New,30,2026-03-15,
        d5,Acme: Flow,a5,p2,P1,New,20,2026-03-01,
        d6,Hooli: Services,a6,p1,P2,Proof,60,2026-03-15,
        d8,Deleted,a2,p2,P1,New,10,2026-03-10,
        d9,There and back,a2,p2,P1,Sure,25,2026-03-10,
        d10,Early bird,a1,p1,P2,New,70,2026-05-20,
        d11,Overdue,a1,p2,P1,New,15,2025-12-15,
        d14,Second thoughts,a1,p1,P1,Lost,5,2025-11-20,
        """,
        """
        d1,Sure thing,a1,p1,P1,Sure,100,2026-02-10,
        d2,Too late,a2,p1,P1,Sure,50,2026-03-20,visit
        d3,Moved early,a2,p2,P1,Proof,40,2026-04-30,
        d4,Old friend,a1,p1,P1,New,30,2026-03-15,
        d5,Acme: Flow,a5,p2,P1,New,20,2026-03-01,
        d6,Hooli: Services,a6,p1,P2,Proof,60,2026-03-15,
        d8,Deleted,a2,p2,P1,New,10,2026-03-10,
        d9,There and back,a2,p2,P1,Proof,25,2026-04-10,
        d10,Early bird,a1,p1,P2,New,70,2026-05-20,
        d11,Overdue,a1,p2,P1,New,15,2025-12-15,
        d12,Fresh,a2,p1,P2,New,35,2026-03-30,
        d14,Second thoughts,a1,p1,P1,New,5,2026-03-30,
        """,
        """
        d1,Sure thing,a1,p1,P1,Won,90,2026-02-10,
        d2,Too late,a2,p1,P1,Sure,50,2026-03-20,visit
        d3,Moved early,a2,p2,P1,Proof,40,2026-04-30,
        d4,Old friend,a1,p1,P1,New,30,2026-03-31,
        d5,Acme: Flow,a5,p2,P1,Lost,20,2026-02-15,
        d6,Hooli: Services,a6,p1,P2,Lost,60,2026-02-25,
        d9,There and back,a2,p2,P1,New,25,2026-03-28,
        d10,Early bird,a1,p1,P2,Sure,70,2026-03-20,
        d11,Overdue,a1,p2,P1,New,15,2026-03-05,
        d12,Fresh,a2,p1,P2,New,35,2026-03-30,
        d14,Second thoughts,a1,p1,P1,New,5,2026-03-30,
        """,
        """
        d1,Sure thing,a1,p1,P1,Won,90,2026-02-10,
        d2,Too late,a2,p1,P1,Sure,50,2026-05-15,visit
        d3,Moved early,a2,p2,P1,Proof,40,2026-04-30,
        d4,Old friend,a1,p1,P1,New,30,2026-03-31,
        d5,Acme: Flow,a5,p2,P1,Lost,20,2026-02-15,
        d6,Hooli: Services,a6,p1,P2,Lost,60,2026-02-25,
        d7,Hooli: Services again,a6,p1,P2,New,55,2026-06-15,
        d9,There and back,a2,p2,P1,New,25,2026-03-28,
        d10,Early bird,a1,p1,P2,Won,70,2026-03-20,
        d11,Overdue,a1,p2,P1,Won,15,2026-03-05,
        d12,Fresh,a2,p1,P2,New,35,2026-03-30,
        d13,Acme: Flow,a5,p2,P2,Won,45,2026-03-25,
        d14,Second thoughts,a1,p1,P1,New,5,2026-03-30,
        """,
        """
        d1,Sure thing,a1,p1,P1,Won,90,2026-02-10,
        d2,Too late,a2,p1,P1,Sure,50,2026-05-15,visit
        d3,Moved early,a2,p2,P1,Proof,40,2026-04-30,
        d4,Old friend,a1,p1,P1,New,30,2026-03-31,
        d5,Acme: Flow,a5,p2,P1,Lost,20,2026-02-15,
        d6,Hooli: Services,a6,p1,P2,Lost,60,2026-02-25,
        d7,Hooli: Services again,a6,p1,P2,New,55,2026-06-15,
        d9,There and back,a2,p2,P1,Won,25,2026-03-28,
        d10,Early bird,a1,p1,P2,Won,70,2026-03-20,
        d11,Overdue,a1,p2,P1,Won,15,2026-03-05,
        d12,Fresh,a2,p1,P2,Won,35,2026-03-30,
        d13,Acme: Flow,a5,p2,P2,Won,45,2026-03-25,
        d14,Second thoughts,a1,p1,P1,Won,5,2026-03-30,
        """,
    ]

    private static let activities = [
        "2026-01-31": """
        id,kind,subject,opportunity_id,owner_id,activity_date,is_done
        m1,meeting,Kick-off,d2,p1,2026-01-20,true

        """,
        "2026-03-25": """
        id,kind,subject,opportunity_id,owner_id,activity_date,is_done
        m2,call,Next steps,d2,p1,2026-05-01,false

        """,
    ]

    private static let calls = [
        "2026-01-31": """
        id,opportunity_id,level,kind,amount,close_date,submitted_at,submitted_by_id,reason
        c1,d2,commit,own,45,2026-03-20,2026-01-26T18:00:00Z,p1,signed verbally

        """
    ]

    /// The company with its first so many nights, or those of some days.
    static func bench(_ wanted: [String] = days) throws -> Bench {
        let bench = try Bench()
        for (day, deals) in zip(days, nights) where wanted.contains(day) {
            var exports = reference
            exports["opportunity"] = header + deals + "\n"
            exports["activity"] = activities[day]
            exports["deal_call"] = calls[day]
            try bench.mustLoad(day, exports)
        }
        return bench
    }
}
