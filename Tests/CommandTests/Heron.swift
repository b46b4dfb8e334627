import TestSupport

/// A company in which each open deal but one has one defect, worked by hand as of 2026-06-10, a Wednesday.
///
/// Every deal is of 100 USD, to close on 2026-08-14, in its first stage since 2026-05-04, with a meeting on the day
/// before and a new next step, unless it says otherwise. Ten deals were won after 33 days in Proof.
enum Heron {
    static let days = ["2026-03-02", "2026-04-01", "2026-05-04", "2026-06-10"]

    /// The deals of each defect; `clean` has none.
    static let defects: [String: [String]] = [
        "past_due": ["late"], "undated": ["undated"], "no_activity": ["quiet"],
        "no_next_step": ["no-step", "old-date", "old-step"], "amount_missing": ["nothing"],
        "category_conflict": ["early-commit"], "pushed": ["pushed"], "empty_push": ["alone"],
        "over_age": ["slow"], "no_contact_role": ["lonely"], "no_owner": ["orphan"],
        "inactive_owner": ["left"], "far_close_date": ["far"], "heaping": ["last-day"],
        "unproven_claim": ["claimed"], "last_hour_edit": ["edited"], "late_entry": ["slow-pen"],
    ]

    /// Of how many of the deals each rule can be told.
    static let measured: [String: Int] = [
        // Before Proof no amount is asked for.
        "amount_missing": 2,
        // All but the one past due and the one without a date.
        "heaping": 24,
        // Those in Proof: of no other stage is it known how long it takes.
        "over_age": 2,
        "unproven_claim": 2,
        // All but the one of nobody.
        "inactive_owner": 25,
    ]

    static let openDeals = 26

    private struct Deal {
        let id: String
        var owner = "p1"
        var stage = "New"
        var category = ""
        var amount = "100"
        var close = "2026-08-14"
        var next = "Demo"
        var nextDate = ""
        /// Close dates of the nights before; nil where it is not there.
        var closes: [String?] = [nil, nil, "2026-08-14"]
        var stages: [String] = ["New", "New", "New"]
        /// The next step of the night before.
        var before = "Call"
        var activity: String? = "2026-06-09"
        var logged = "2026-06-09"
        var hasContact = true
    }

    private static let open = [
        Deal(id: "clean"), Deal(id: "late", close: "2026-06-01", closes: [nil, nil, "2026-06-01"]),
        Deal(id: "undated", close: "", closes: [nil, nil, ""]),
        // Eleven business days, and nine without Memorial Day before it.
        Deal(id: "quiet", activity: "2026-05-26", logged: "2026-05-26"),
        Deal(id: "not-yet-quiet", activity: "2026-05-28", logged: "2026-05-28"),
        Deal(id: "planned", activity: "2026-05-12", logged: "2026-05-12"),
        Deal(id: "no-step", next: ""), Deal(id: "old-date", nextDate: "2026-06-05"),
        Deal(id: "old-step", next: "Call"), Deal(id: "nothing", stage: "Proof", amount: "0"),
        Deal(id: "no-floor", amount: ""),
        Deal(id: "early-commit", category: "commit"),
        Deal(
            id: "pushed", close: "2026-08-14", closes: ["2026-04-15", "2026-05-15", "2026-06-20"],
            activity: "2026-05-28", logged: "2026-05-28"),
        Deal(
            id: "alone", close: "2026-08-14", closes: [nil, nil, "2026-07-20"], activity: "2026-06-09",
            logged: "2026-06-09"),
        Deal(id: "slow", stage: "Proof", stages: ["New", "New", "Proof"]),
        Deal(id: "lonely", hasContact: false), Deal(id: "orphan", owner: "p99"),
        Deal(id: "left", owner: "p3"),
        Deal(id: "far", close: "2027-06-11", closes: [nil, nil, "2027-06-11"]),
        Deal(id: "not-far", close: "2027-06-10", closes: [nil, nil, "2027-06-10"]),
        Deal(id: "last-day", close: "2026-06-30", closes: [nil, nil, "2026-06-30"]),
        Deal(id: "claimed"), Deal(id: "proven", owner: "p2"), Deal(id: "edited"),
        Deal(id: "not-edited", owner: "p2"),
        Deal(id: "slow-pen", activity: "2026-06-01", logged: "2026-06-05"),
    ]

    private static let reference = [
        "company": "id,name,currency,time_zone,fiscal_year_start_month\nc,Heron,USD,UTC,1\n",
        "team": "id,name,parent_id,lead_id\nt1,East,,p1\nt2,West,,p2\n",
        "person": """
        id,name,team_id,is_active
        p1,Ann,t1,true
        p2,Bob,t2,true
        p3,Cleo,t2,false

        """,
        "holiday": "id,name,holiday_date,region\nh1,Memorial Day,2026-05-25,\n",
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Proof,Proof,2,open,best_case
        Sure,Sure,3,open,commit
        Won,Won,4,won,closed
        Lost,Lost,5,lost,omitted

        """,
    ]

    private static func night(_ index: Int) -> String {
        var lines = [
            "id,name,owner_id,stage_id,forecast_category,amount,close_date,created_date,next_step,next_step_date"
        ]
        for deal in open {
            let isLast = index == days.count - 1
            guard let close = isLast ? deal.close : deal.closes[index] else { continue }
            let stage = isLast ? deal.stage : deal.stages[index]
            let next = isLast ? deal.next : deal.before
            lines.append(
                "\(deal.id),\(deal.id),\(deal.owner),\(stage),\(deal.category),\(deal.amount),\(close),2026-05-04,\(next),\(isLast ? deal.nextDate : "")"
            )
        }
        for number in 1...10 {
            let stage = ["New", "Proof", "Won", "Won"][index]
            lines.append("w\(number),w\(number),p2,\(stage),,50,2026-05-04,2026-03-02,,")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static var activities: String {
        var lines = ["id,kind,opportunity_id,owner_id,activity_date,logged_at,is_done,is_held,direction"]
        for deal in open {
            guard let day = deal.activity else { continue }
            // A mail that went out is no answer.
            let isMail = deal.id == "alone"
            lines.append(
                "\(deal.id)-1,\(isMail ? "email" : "meeting"),\(deal.id),\(deal.owner),\(day),\(deal.logged)T18:00:00Z,true,\(isMail ? "" : "true"),\(isMail ? "outbound" : "")"
            )
        }
        lines += [
            "alone-2,meeting,alone,p1,2026-05-26,2026-05-26T18:00:00Z,true,true,",
            "planned-2,meeting,planned,p1,2026-06-15,2026-06-01T09:00:00Z,false,,",
            // Neither a task nor a meeting that was not held is an activity.
            "quiet-2,task,quiet,p1,2026-06-09,2026-06-09T09:00:00Z,true,,",
            "quiet-3,meeting,quiet,p1,2026-06-08,2026-06-08T09:00:00Z,true,false,",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static var lastNight: [String: String] {
        [
            "activity": activities,
            "contact_role": "id,opportunity_id,contact_id,role\n"
                + open.filter(\.hasContact).map { "\($0.id)-c,\($0.id),k1,buyer\n" }.joined(),
            "milestone_claim": """
            id,opportunity_id,milestone_id,reached_date,evidence_kind,evidence,withdrawn_date
            m1,claimed,ms1,2026-06-01,mail,,
            m2,proven,ms1,2026-06-01,mail,minutes.pdf,
            m3,clean,ms1,2026-06-01,mail,,2026-06-02

            """,
            "call": """
            id,node_kind,node_id,period,category,kind,amount,currency,submitted_at
            c1,lead,p1,FY2026Q2,commit,own,100,USD,2026-06-10T17:00:00Z
            c2,team,t2,FY2026Q2,commit,own,100,USD,2026-06-10T17:00:00Z

            """,
            // Half an hour before East's call, and two hours before West's.
            "field_change": """
            id,entity,record_id,field,old_value,new_value,is_old_known,changed_at,author_id,sequence
            f1,opportunity,edited,amount,90,100,true,2026-06-10T16:30:00Z,p1,1
            f2,opportunity,not-edited,amount,90,100,true,2026-06-10T15:00:00Z,p2,1

            """,
        ]
    }

    /// The company with its first so many nights.
    static func bench() throws -> Bench {
        let bench = try Bench()
        for (index, day) in days.enumerated() {
            var exports = reference
            exports["opportunity"] = night(index)
            if index == days.count - 1 { exports.merge(lastNight) { _, new in new } }
            try bench.mustLoad(day, exports)
        }
        return bench
    }
}
