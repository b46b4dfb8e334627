import Foundation
import TestSupport
import Testing

/// A CRM's own history export as the past: literal cases, worked by hand.
@Suite("A CRM's own history")
struct CrmHistoryTests {
    private static let company = "id,name,currency,time_zone\nc,Acme,USD,America/New_York\n"
    private static let stages = """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Offer,Offer,2,open,best_case
        Won,Won,3,won,closed

        """
    private static let dealHeader = "id,name,stage_id,amount,close_date,created_date,is_closed,is_won"
    private static let changeHeader =
        "id,entity,record_id,field,old_value,new_value,is_old_known,changed_at,sequence"

    private static func csv(_ header: String, _ lines: [String]) -> String {
        ([header] + lines).joined(separator: "\n") + "\n"
    }

    private static func exports(
        deals: [String]?, changes: [String]?, company: String = company
    ) -> [String: String] {
        var exports = ["company": company, "stage": stages]
        if let deals { exports["opportunity"] = csv(dealHeader, deals) }
        if let changes { exports["field_change"] = csv(changeHeader, changes) }
        return exports
    }

    private static let deals = [
        "d1,One,Won,100.50,2026-06-01,2026-05-01,true,true",
        "d2,Two,Offer,50,2026-07-01,2026-05-10,false,false",
        "d3,Three,New,7,2026-08-01,2026-06-10,false,false",
    ]

    /// The versions before the first snapshot, one a line.
    private static let past = """
        select concat_ws(' ', id, valid_from, valid_to, stage_id, coalesce(trim_scale(amount)::text, '-'), is_won) as value
        from bellwether.opportunity_history
        where valid_to <= '2026-06-10'
        order by id, valid_from
        """

    // MARK: - What it says

    @Test func `gives each day the last change of the day in the company's time zone`() throws {
        let bench = try Bench()
        let load = try bench.load(
            "2026-06-10",
            Self.exports(
                deals: Self.deals,
                changes: [
                    // Two in the morning in London is the evening of the 4th in New York.
                    "h1,opportunity,d1,stage_id,New,Offer,true,2026-05-05T02:00:00Z,",
                    "h2,opportunity,d1,stage_id,Offer,Won,true,2026-06-01T12:00:00Z,",
                    // Three in one second, in the order of their sequence, not of their ids.
                    "h9,opportunity,d1,amount,80,85,true,2026-05-20T12:00:00Z,9",
                    "h8,opportunity,d1,amount,85,90,true,2026-05-20T12:00:00Z,10",
                    "h7,opportunity,d1,amount,90,100.50,true,2026-05-20T12:00:00Z,11",
                ]))
        #expect(load.status == 0, "\(load)")
        #expect(
            try bench.values(Self.past) == [
                "d1 2026-05-01 2026-05-04 New 80", "d1 2026-05-04 2026-05-20 Offer 80",
                "d1 2026-05-20 2026-06-01 Offer 100.5", "d1 2026-06-01 2026-06-10 Won 100.5 t",
                // A deal that never changed was what it is; one of the day itself has no past.
                "d2 2026-05-10 2026-06-10 Offer 50 f",
            ])
        #expect(
            load.text.contains(
                "5 versions of 2 records from 2026-05-01 to before 2026-06-10; no disagreement"))
        let proof = try bench.run("verify", "--rebuild", ".")
        #expect(proof.status == 0 && proof.output.contains("the same for 4 of 4 entities"), "\(proof)")
        #expect(
            load.text.contains("does not tell close_date, is_closed, is_won, name: assumed as known later"))
    }

    @Test func `of the same moment goes by id where no sequence is given`() throws {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-06-10",
            Self.exports(
                deals: Self.deals,
                changes: [
                    "h2,opportunity,d2,amount,45,50,true,2026-05-20T12:00:00Z,",
                    "h1,opportunity,d2,amount,40,45,true,2026-05-20T12:00:00Z,",
                ]))
        #expect(
            try bench.values(Self.past + " limit 2 offset 1") == [
                "d2 2026-05-10 2026-05-20 Offer 40 f", "d2 2026-05-20 2026-06-10 Offer 50 f",
            ])
        #expect(try bench.answer("history", "differences").rows().isEmpty)
    }

    @Test func `lists what disagrees and settles nothing in silence`() throws {
        let bench = try Bench()
        let load = try bench.load(
            "2026-06-10",
            Self.exports(
                deals: Self.deals,
                changes: [
                    "h1,opportunity,d2,amount,40,49,true,2026-05-20T12:00:00Z,",
                    "h1,opportunity,d2,amount,40,49,true,2026-05-20T12:00:00Z,",
                    "h2,opportunity,d2,stage_id,New,New,true,2026-05-21T12:00:00Z,",
                    "h3,opportunity,d2,stage_id,Old,Offer,true,2026-05-22T12:00:00Z,",
                    "h4,opportunity,x9,amount,,49,true,2026-05-20T12:00:00Z,",
                    "h5,opportunity,d2,amount,44,abc,true,2026-05-23T12:00:00Z,",
                    "h6,opportunity,gone,stage_id,New,Offer,true,2026-05-15T12:00:00Z,",
                    "h7,opportunity,gone,is_deleted,,true,,2026-05-25T12:00:00Z,",
                    "h8,opportunity,d3,is_deleted,,true,,2026-06-10T12:00:00Z,",
                    "h9,opportunity,d1,Region__c,East,West,true,2026-05-15T12:00:00Z,",
                ]))
        #expect(load.status == 0, "\(load)")
        let rows = try bench.answer("history", "differences").rows("differences").map { row in
            ["id", "code", "field", "day", "history_value", "other_value"].map { row.text($0) ?? "-" }
                .joined(separator: " ")
        }
        #expect(
            rows == [
                "d2 chain_broken stage_id 2026-05-22 New Old",
                "d3 deleted_but_present is_deleted 2026-06-10 t f",
                "x9 record_unknown - 2026-05-20 - -",
                "d2 snapshot_differs amount 2026-06-10 49 50",
            ])
        // The history counts before the first snapshot, the snapshot from its day on.
        #expect(
            try bench.values(Self.past).filter { $0?.hasPrefix("d1") == false } == [
                "d2 2026-05-10 2026-05-20 New 40", "d2 2026-05-20 2026-05-22 New 49",
                "d2 2026-05-22 2026-06-10 Offer 49 f", "gone 2026-05-15 2026-05-25 Offer -",
            ])
        #expect(
            try bench.value(
                "select trim_scale(amount)::text as value from bellwether.opportunity where id = 'd2'")
                == "50")
        let rejects = try bench.answer("rejects").rows()
        #expect(rejects.map { $0.text("code") } == ["BW155"])
        // The rows themselves stay, with their times.
        #expect(
            try bench.value(
                "select count(*)::text || ' ' || min(changed_on) as value from bellwether.field_change")
                == "8 2026-05-15")
    }

    @Test func `that came once is not missed on the nights after, one that came twice is`() throws {
        let bench = try Bench()
        let change = "h1,opportunity,d1,stage_id,New,Offer,true,2026-05-05T02:00:00Z,"
        let later = "h2,opportunity,d1,stage_id,Offer,Won,true,2026-06-01T12:00:00Z,"
        func isMissed(_ day: String, _ changes: [String]?) throws -> Bool? {
            let exports = Self.exports(deals: Self.deals, changes: changes)
            let load = try bench.load(day, exports, "--format", "json")
            return try PrintedAnswer(load.output).warnings["absent_files"]?.contains("field_change")
        }
        #expect(try isMissed("2026-06-10", [change]) == false)
        #expect(try isMissed("2026-06-11", nil) == false)
        #expect(try isMissed("2026-06-12", [later]) == false)
        #expect(try isMissed("2026-06-13", nil) == true)
    }

    // MARK: - Time zones

    @Test(arguments: [
        ("id,name\nc,Acme\n", true), ("id,name,time_zone\nc,Acme,Mars/Olympus\n", true),
        ("id,name,time_zone\nc,Acme,Asia/Tokyo\n", false),
    ])
    func `takes the days of UTC where no zone is known, and says so`(company: String, isAssumed: Bool) throws
    {
        let bench = try Bench()
        let load = try bench.load(
            "2026-06-10",
            Self.exports(
                deals: ["d2,Two,Offer,50,2026-07-01,2026-05-10,false,false"],
                changes: ["h1,opportunity,d2,amount,40,50,true,2026-05-20T20:00:00Z,"], company: company))
        #expect(load.text.contains("the company states no time zone") == isAssumed, "\(load)")
        let day = isAssumed ? "2026-05-20" : "2026-05-21"
        #expect(
            try bench.values(Self.past) == [
                "d2 2026-05-10 \(day) Offer 40 f", "d2 \(day) 2026-06-10 Offer 50 f",
            ])
    }

    @Test func `is reckoned anew when the company's time zone is corrected`() throws {
        let bench = try Bench()
        let changes = ["h1,opportunity,d2,amount,40,50,true,2026-05-20T20:00:00Z,"]
        try bench.mustLoad("2026-06-10", Self.exports(deals: Self.deals, changes: changes))
        #expect(try bench.values(Self.past + " offset 1 limit 1") == ["d2 2026-05-10 2026-05-20 Offer 40 f"])
        try bench.mustLoad("2026-06-11", ["company": "id,name,currency,time_zone\nc,Acme,USD,Asia/Tokyo\n"])
        #expect(try bench.values(Self.past + " offset 1 limit 1") == ["d2 2026-05-10 2026-05-21 Offer 40 f"])
        let answer = try bench.answer(
            "forecast", "--as-of", "2026-05-20", "--as-known", "1", "--period", "FY2026Q3")
        #expect(answer.rows().first?.text("best_case") == "50")
    }

    // MARK: - Any order

    @Test func `waits for the first full snapshot, and does nothing when loaded twice`() throws {
        let bench = try Bench()
        let changes = ["h1,opportunity,d2,amount,40,50,true,2026-05-20T12:00:00Z,"]
        let early = try bench.load("2026-06-09", Self.exports(deals: nil, changes: changes))
        #expect(
            early.status == 0 && early.text.contains("1 changes wait for the first full snapshot"),
            "\(early)")
        #expect(try bench.run("forecast").status == 64)
        #expect(try bench.answer("history").rows().first?.integer("versions") == 0)
        let first = try bench.load("2026-06-10", Self.exports(deals: Self.deals, changes: nil))
        #expect(first.text.contains("3 versions of 2 records"), "\(first)")
        let again = try bench.run("load", "generic", "2026-06-09")
        #expect(again.status == 0 && again.text.contains("loaded already"), "\(again)")
        #expect(try bench.value("select count(*) as value from bellwether_store.load") == "2")
    }

    @Test func `ends where an earlier full snapshot begins, and goes on where that is taken back`() throws {
        let bench = try Bench()
        let changes = ["h1,opportunity,d2,amount,40,50,true,2026-05-20T12:00:00Z,"]
        try bench.mustLoad("2026-06-10", Self.exports(deals: Self.deals, changes: changes))
        let before = try bench.values(Self.past)
        // The export of 15 May knew another amount: from that day on it counts, the history only before it.
        try bench.mustLoad(
            "2026-05-15",
            [
                "opportunity": Self.csv(
                    Self.dealHeader,
                    [
                        "d2,Two,New,39,2026-07-01,2026-05-10,false,false"
                    ])
            ])
        #expect(
            try bench.values(
                """
                select concat_ws(' ', valid_from, valid_to, stage_id, trim_scale(amount)) as value
                from bellwether.opportunity_history
                where id = 'd2'
                order by valid_from
                """)
                == [
                    "2026-05-10 2026-05-15 New 39", "2026-05-15 2026-06-10 New 39",
                    "2026-06-10 infinity Offer 50",
                ])
        let undo = try bench.run("loads", "undo", "2")
        #expect(undo.status == 0 && undo.text.contains("3 versions of 2 records"), "\(undo)")
        #expect(try bench.values(Self.past) == before)
    }

    @Test func `is replaced by a newer full export, and comes back when that is taken back`() throws {
        let bench = try Bench()
        try bench.folder.write("full.yml", try Self.fullMapping())
        func load(_ day: String, _ changes: [String]) throws {
            for (entity, text) in Self.exports(deals: Self.deals, changes: changes) {
                try bench.folder.write("\(day)/\(entity).csv", text)
            }
            let outcome = try bench.run("load", "full.yml", day)
            #expect(outcome.status == 0, "\(outcome)")
        }
        try load(
            "2026-06-10",
            [
                "h1,opportunity,d2,amount,40,50,true,2026-05-20T12:00:00Z,",
                "h2,opportunity,d2,amount,30,40,true,2026-05-15T12:00:00Z,",
            ])
        let before = try bench.values(Self.past)
        #expect(before.count == 4)
        try load("2026-06-12", ["h1,opportunity,d2,amount,41,50,true,2026-05-20T12:00:00Z,"])
        #expect(
            try bench.values(Self.past + " offset 1") == [
                "d2 2026-05-10 2026-05-20 Offer 41 f", "d2 2026-05-20 2026-06-10 Offer 50 f",
            ])
        #expect(try bench.run("loads", "undo", "2").status == 0)
        #expect(try bench.values(Self.past) == before)
    }

    @Test func `begins where a migration's history can be trusted`() throws {
        let bench = try Bench()
        let generic = try bench.run("mapping", "show", "generic").output
        try bench.folder.write(
            "migrated.yml",
            generic.replacing("expected: daily", with: "expected: daily\nhistory: {from: 2026-05-18}"))
        for (entity, text) in Self.exports(
            deals: Self.deals,
            changes: [
                "h1,opportunity,d2,amount,1,40,true,2026-05-12T12:00:00Z,",
                "h2,opportunity,d2,amount,41,50,true,2026-05-20T12:00:00Z,",
            ])
        { try bench.folder.write("2026-06-10/\(entity).csv", text) }
        let load = try bench.run("load", "migrated.yml", "2026-06-10")
        #expect(load.status == 0 && load.text.contains("from 2026-05-18"), "\(load)")
        #expect(
            try bench.values(Self.past) == [
                "d1 2026-05-18 2026-06-10 Won 100.5 t", "d2 2026-05-18 2026-05-20 Offer 41 f",
                "d2 2026-05-20 2026-06-10 Offer 50 f",
            ])
        // What came before is not trusted, and so breaks no chain.
        #expect(try bench.answer("history", "differences").rows().isEmpty)
    }

    // MARK: - Answers

    @Test func `warns of what is assumed, and knows no day before its first`() throws {
        let bench = try Bench()
        try bench.mustLoad(
            "2026-06-10",
            Self.exports(
                deals: Self.deals,
                changes: ["h1,opportunity,d2,amount,40,50,true,2026-05-20T12:00:00Z,"]))
        let answer = try bench.answer("forecast", "--period", "FY2026Q2", "--as-of", "2026-05-15")
        #expect(
            answer.warnings["crm_history"]
                == "before the first snapshot of generic, of 2026-06-10: from the CRM's history, assumed: close_date, is_closed, is_won, name, stage_id"
        )
        #expect(try bench.answer("forecast", "--period", "FY2026Q2").warnings["crm_history"] == nil)
        #expect(try bench.value("select bellwether.as_of()::text as value") == "2026-06-10")
        let early = try bench.run("forecast", "--as-of", "2026-04-30")
        #expect(early.status == 64 && early.errors.contains("BW504"), "\(early)")
        let screen = try bench.run("history")
        #expect(screen.status == 0 && screen.output.contains("generic  2026-05-01  2026-06-10"), "\(screen)")
        for format in ["csv", "json", "md"] {
            #expect(try bench.run("history", "--format", format).status == 0)
            #expect(try bench.run("history", "differences", "--format", format, "--limit", "1").status == 0)
        }
    }

    // MARK: - Mappings

    @Test func `of Salesforce is read from both history objects`() throws {
        let bench = try Bench()
        try bench.folder.write(
            "2026-06-10/Opportunity.csv",
            """
            Id,Name,AccountId,OwnerId,StageName,ForecastCategoryName,Amount,CloseDate,CreatedDate,Probability
            006A0000001ABCDIA4,One,001A0000001ABCD,005A0000001ABCE,Closed Won,Closed,100.5,2026-06-01,2026-05-01T10:00:00.000Z,100

            """)
        try bench.folder.write(
            "2026-06-10/OpportunityHistory.csv",
            """
            Id,OpportunityId,StageName,Amount,CloseDate,ForecastCategory,Probability,CreatedDate,CreatedById
            008A00000000001AAA,006A0000001ABCD,Prospecting,80.00,2026-07-01,Pipeline,10,2026-05-01T10:00:00.000+0000,005A0000001ABCD
            008A00000000002AAA,006A0000001ABCD,Closed Won,100.50,2026-06-01,Closed,100,2026-06-01T10:00:00.000+0000,005A0000001ABCD

            """)
        try bench.folder.write(
            "2026-06-10/OpportunityFieldHistory.csv",
            """
            Id,OpportunityId,Field,DataType,OldValue,NewValue,CreatedDate,CreatedById
            017A00000000001AAA,006A0000001ABCD,StageName,DynamicEnum,Prospecting,Closed Won,2026-06-01T10:00:00.000+0000,005A0000001ABCD
            017A00000000002AAA,006A0000001ABCD,Owner,Text,Ann,Bob,2026-05-12T10:00:00.000+0000,005A0000001ABCD
            017A00000000003AAA,006A0000001ABCD,Owner,EntityId,005A0000001ABCD,005A0000001ABCE,2026-05-12T10:00:00.000+0000,005A0000001ABCD
            017A00000000004AAA,006A0000001ABCD,created,Text,,,2026-05-01T10:00:00.000+0000,005A0000001ABCD

            """)
        let load = try bench.run("load", "salesforce", "2026-06-10")
        #expect(load.status == 0 && load.text.contains("no disagreement"), "\(load)")
        #expect(
            try bench.values(
                """
                select concat_ws(
                    ' ', id, valid_from, owner_id, stage_id, forecast_category, trim_scale(amount), close_date,
                    probability) as value
                from bellwether.opportunity_history
                order by valid_from
                """) == [
                    "006A0000001ABCDIA4 2026-05-01 005A0000001ABCDIA4 Prospecting pipeline 80 2026-07-01 10",
                    "006A0000001ABCDIA4 2026-05-12 005A0000001ABCEIA4 Prospecting pipeline 80 2026-07-01 10",
                    "006A0000001ABCDIA4 2026-06-01 005A0000001ABCEIA4 Closed Won closed 100.5 2026-06-01 100",
                    "006A0000001ABCDIA4 2026-06-10 005A0000001ABCEIA4 Closed Won closed 100.5 2026-06-01 100",
                ])
        #expect(
            try bench.value("select min(author_id) as value from bellwether.field_change")
                == "005A0000001ABCDIA4")
    }

    @Test func `of HubSpot is read from the properties' versions`() throws {
        let bench = try Bench()
        try bench.folder.write(
            "2026-06-10/deal.csv",
            """
            deal_id,owner_id,deal_pipeline_stage_id,property_dealname,property_amount,property_closedate,property_createdate,property_hs_manual_forecast_category
            11,7,won,One,100.5,2026-06-01 00:00:00,2026-05-01 09:00:00,CLOSED

            """)
        try bench.folder.write(
            "2026-06-10/deal_property_history.csv",
            """
            deal_id,name,timestamp,value,source,source_id
            11,dealstage,2026-05-01 09:00:00,new,CRM_UI,userId:7
            11,dealstage,2026-06-01 09:00:00,won,CRM_UI,userId:7
            11,amount,2026-05-01 09:00:00,80,CRM_UI,userId:7
            11,amount,2026-06-01 09:00:00,100.50,CRM_UI,userId:7
            11,closedate,2026-05-01 09:00:00,1782864000000,CRM_UI,userId:7
            11,closedate,2026-06-01 09:00:00,1780272000000,CRM_UI,userId:7
            11,hs_manual_forecast_category,2026-05-20 09:00:00,COMMIT,CRM_UI,userId:7
            11,hs_manual_forecast_category,2026-06-01 09:00:00,CLOSED,CRM_UI,userId:7
            11,hs_object_id,2026-06-01 09:00:00,11,CRM_UI,userId:7

            """)
        let load = try bench.run("load", "hubspot", "2026-06-10")
        #expect(load.status == 0 && load.text.contains("no disagreement"), "\(load)")
        #expect(
            try bench.values(
                """
                select concat_ws(
                    ' ', valid_from, stage_id, forecast_category, trim_scale(amount), close_date, owner_id) as value
                from bellwether.opportunity_history
                order by valid_from
                """) == [
                    // Before its first row a property was what that row says.
                    "2026-05-01 new commit 80 2026-07-01 7", "2026-06-01 won closed 100.5 2026-06-01 7",
                    "2026-06-10 won closed 100.5 2026-06-01 7",
                ])
        #expect(
            try bench.value(
                "select field as value from bellwether.field_change where record_id = '11' and field like 'hs_object%'"
            )
                == "hs_object_id")
    }

    @Test(arguments: [
        ("rows: [{id: h1}]", "BW121"),
        ("file: f.csv\n    columns: {id: id}\n    states: {amuont: Amount}", "BW121"),
        (
            "file: f.csv\n    columns: {id: id, entity: {constant: opportunity}}\n    states: {amuont: Amount}",
            "BW122"
        ),
        (
            "file: f.csv\n    columns: {id: id, entity: {constant: opportunity}, new_value: x}\n    states: {amount: Amount}",
            "BW121"
        ),
    ])
    func `with a mistake in its mapping is refused`(section: String, code: String) throws {
        let bench = try Bench()
        try bench.folder.write(
            "bad.yml", "mapping: bad\nsource: bad\nentities:\n  field_change:\n    \(section)\n")
        let outcome = try bench.run("mapping", "check", "bad.yml")
        #expect(outcome.status == 2 && outcome.errors.contains(code), "\(outcome)")
    }

    @Test(arguments: [("history: {from: soon}", "BW123"), ("history: {since: 2026-01-01}", "BW122")])
    func `trusted from what is no day is refused`(line: String, code: String) throws {
        let bench = try Bench()
        let generic = try bench.run("mapping", "show", "generic").output
        try bench.folder.write("bad.yml", generic.replacing("expected: daily", with: line))
        let outcome = try bench.run("mapping", "check", "bad.yml")
        #expect(outcome.status == 2 && outcome.errors.contains(code), "\(outcome)")
    }

    /// The generic mapping, its history taken as the whole of it.
    private static func fullMapping() throws -> String {
        let bench = try Bench(isMigrated: false)
        let generic = try bench.run("mapping", "show", "generic").output
        let start = try #require(generic.range(of: "  field_change:"))
        return String(generic[..<start.lowerBound])
            + String(generic[start.lowerBound...]).replacing("kind: delta", with: "kind: full")
    }
}
