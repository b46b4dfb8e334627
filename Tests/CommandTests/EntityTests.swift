import Foundation
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// Every entity goes through the one loading mechanism and comes back as it went in.
@Suite("Entities")
struct EntityTests {
    /// What the oracle wrote of one entity, and what must come back.
    private struct Entity {
        let kind: String
        let columns: [String]
        let rows: [[String?]]

        init?(_ object: Any) {
            guard let object = object as? [String: Any], let kind = object["kind"] as? String,
                let columns = object["columns"] as? [String], let rows = object["rows"] as? [[Any]]
            else { return nil }
            self.kind = kind
            self.columns = columns
            self.rows = rows.map { $0.map { $0 as? String } }
        }
    }

    private static func write(into folder: String, seed: Int) throws -> [String: Entity] {
        let tables = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../sql/tables").standardized.path
        return try Oracle.run("entities.py", [tables, folder, String(seed)]).compactMapValues(Entity.init)
    }

    @Test func `each entity comes back from its as-of view as the export wrote it`() throws {
        let seed = Int.random(in: 0..<1_000_000)
        let bench = try Bench()
        let folder = bench.folder.path + "/2026-05-04"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let entities = try Self.write(into: folder, seed: seed)
        // A CRM's own history is read by rules of its own: CrmHistoryTests.
        #expect(Set(entities.keys) == Set(EntityCatalog.all.map(\.name)).subtracting(["field_change"]))
        let loaded = try bench.answer("load", "generic", "2026-05-04")
        #expect(loaded.warnings["absent_files"] == nil && loaded.warnings["rejects"] == nil, "seed \(seed)")
        let connection = try bench.connection()
        try connection.execute("set time zone 'UTC'")
        for (name, entity) in entities {
            let schema = try #require(EntityCatalog.entity(named: name))
            #expect(
                schema.kind.rawValue == entity.kind && schema.columns.map(\.name) == entity.columns, "\(name)"
            )
            let line = try #require(loaded.rows("load").first { $0.text("entity") == name })
            #expect(line.text("kind") == (entity.kind == "event" ? "delta" : "full"), "\(name)")
            #expect(line.integer("new") == entity.rows.count, "\(name), seed \(seed)")
            for view in [name, name + "_history"] {
                let found = try rows(of: view, entity.columns, connection)
                #expect(found == entity.rows, "\(view), seed \(seed)")
            }
        }
    }

    private func rows(of view: String, _ columns: [String], _ connection: Connection) throws -> [[String?]] {
        let list = try columns.map { try quoteIdentifier($0) + "::text" }.joined(separator: ", ")
        return try connection.query(
            "select id, \(list) from bellwether.\(try quoteIdentifier(view)) order by id"
        )
        .map { row in try (["id"] + columns).map { try row.decode($0, as: String?.self) } }
    }

    @Test func `events stay although a later export does not name them`() throws {
        let bench = try Bench()
        let nights = [
            ["activity": "id,kind\nv1,call\nv2,call\n", "risk_flag": "id\nf1\nf2\n"],
            ["activity": "id,kind\nv3,email\n", "risk_flag": "id\nf2\n"],
            ["activity": "id,kind\nv1,meeting\n", "risk_flag": "id\nf2\n"],
        ]
        for (index, exports) in nights.enumerated() {
            try bench.mustLoad("2026-05-0\(4 + index)", exports.merging(["opportunity": Acme.deals]) { $1 })
        }
        let connection = try bench.connection()
        func state(_ day: String) throws -> [String] {
            try connection.execute("set bellwether.as_of = '\(day)'")
            return try connection.query(
                """
                select id || ' ' || kind as value from bellwether.activity
                union all
                select id from bellwether.risk_flag
                order by 1
                """
            ).map { try $0.decode("value", as: String.self) }
        }
        #expect(try state("2026-05-04") == ["f1", "f2", "v1 call", "v2 call"])
        #expect(try state("2026-05-05") == ["f2", "v1 call", "v2 call", "v3 email"])
        #expect(try state("2026-05-06") == ["f2", "v1 meeting", "v2 call", "v3 email"])
    }

    @Test func `a mapping may say that events come complete`() throws {
        let bench = try Bench()
        try bench.folder.write(
            "full.yml",
            "mapping: full\nsource: full\nentities:\n  call:\n    file: call.csv\n    kind: full\n    columns: {id: id}\n"
        )
        for (day, ids) in [("2026-05-04", "c1\nc2\n"), ("2026-05-05", "c2\n")] {
            try bench.folder.write("\(day)/call.csv", "id\n" + ids)
            #expect(try bench.run("load", "full.yml", day).status == 0)
        }
        #expect(
            try bench.values("select id as value from bellwether.call_history where valid_to = 'infinity'")
                == ["c2"])
    }

    /// People who are read from the owners of deals are no less people on a day without a deal of theirs.
    @Test func `records derived from another entity's rows stay`() throws {
        let bench = try Bench()
        try bench.folder.write(
            "derived.yml",
            """
            mapping: derived
            source: derived
            entities:
              person: {file: deals.csv, distinct: true, columns: {id: owner, name: owner}}
              opportunity: {file: deals.csv, columns: {id: id, owner_id: owner}}
            """)
        for (day, owners) in [("2026-05-04", ["Ann", "Bob", "Bob"]), ("2026-05-05", ["Ann", "Ann", "Ann"])] {
            let rows = owners.enumerated().map { "d\($0.offset),\($0.element)\n" }.joined()
            try bench.folder.write("\(day)/deals.csv", "id,owner\n" + rows)
            #expect(try bench.run("load", "derived.yml", day).status == 0)
        }
        #expect(
            try bench.values("select name as value from bellwether.person order by id") == ["Ann", "Bob"])
    }

    @Test func `files that a source never had are no gap, files that it had are`() throws {
        let bench = try Bench()
        let first = try bench.load("2026-05-04", Acme.exports.merging(["lead": "id\nl1\n"]) { $1 })
        #expect(
            first.status == 0 && first.output.contains("No file for product, exchange_rate, plan_line:"),
            "\(first)")
        let second = try bench.load("2026-05-05", Acme.exports)
        #expect(
            second.status == 0
                && second.output.contains("No file for product, exchange_rate, plan_line, lead:"),
            "\(second)")
        #expect(try bench.value("select id as value from bellwether.lead") == "l1")
        let lost = try bench.run("load", "generic", bench.folder.path, "--date", "2026-05-06")
        #expect(
            lost.status == 2 && lost.errors.contains("opportunity.csv") && !lost.errors.contains("lead.csv"))
    }

    // MARK: - Mergers

    @Test func `a merged account is gone and names the account that survives`() throws {
        let bench = try Bench()
        let (winner, loser) = ("0011G00000ugZ6HQAU", "0011G00000tM0pgQAC")
        let header = "Id,Name,OwnerId,IsDeleted,MasterRecordId\n"
        try bench.folder.write(
            "2026-05-04/Account.csv", header + "\(winner),Globex,u1,false,\n\(loser),Globex 2,u1,false,\n")
        // The short form of an id is the same id.
        try bench.folder.write(
            "2026-05-05/Account.csv",
            header + "\(winner),Globex,u1,false,\n\(loser),Globex 2,u1,true,\(winner.prefix(15))\n")
        for day in ["2026-05-04", "2026-05-05"] {
            let outcome = try bench.run("load", "salesforce", day)
            #expect(outcome.status == 0, "\(outcome)")
        }
        try bench.mustAnswerAsOf("2026-05-05")
        #expect(
            try bench.values("select id as value from bellwether.account_history where valid_to = 'infinity'")
                == [winner])
        #expect(
            try bench.value(
                "select concat_ws(' ', entity, record_id, survivor_id) as value from bellwether.merged_record_history"
            )
                == "account \(loser) \(winner)")
    }

    // MARK: - Findings

    @Test func `what refers to nothing is a finding`() throws {
        let bench = try Bench()
        let loaded = try bench.load(
            "2026-05-04",
            Acme.exports.merging(
                [
                    "activity": "id,opportunity_id\nv1,d1\nv2,d9\nv3,\n",
                    "opportunity_split": """
                    id,opportunity_id,person_id,kind,percent
                    s1,d1,p1,revenue,60
                    s2,d1,p2,revenue,50
                    s3,d2,p9,revenue,100
                    s4,d2,p1,overlay,100

                    """,
                    "milestone_claim": "id,opportunity_id,milestone_id\nm1,d1,demo\n",
                    "fiscal_period": "id,period\n026Q2,FY2026Q2\n",
                    "call": """
                    id,node_kind,node_id,category,period
                    c1,team,t1,commit,FY2026Q2
                    c2,team,t9,commit,026Q2
                    c3,company,,sure,Q2
                    c4,person,p1,best_case,fy26q2

                    """,
                    "merged_record": """
                    id,entity,record_id,survivor_id
                    g1,opportunity,d8,d1
                    g2,opportunity,d2,d1
                    g3,account,a8,a9
                    g4,contact,x,y

                    """,
                ]
            ) { $1 })
        #expect(loaded.status == 0, "\(loaded)")
        let found = try bench.values(
            "select concat_ws(' ', entity, id, code, value) as value from bellwether.finding order by 1")
        #expect(
            Set(found) == [
                "activity v2 opportunity_unknown d9", "opportunity_split s3 person_unknown p9",
                "opportunity_split s1 split_excess 110", "opportunity_split s2 split_excess 110",
                "milestone_claim m1 milestone_unknown demo",
                "call c2 call_node_unknown team t9", "call c3 call_category_unknown sure",
                "call c3 call_period_unreadable Q2", "merged_record g2 merged_still_there d2",
                "merged_record g3 survivor_unknown a9", "fiscal_period 026Q2 period_unreadable FY2026Q2",
            ])
        #expect(found.count == 11)
        #expect(loaded.output.contains("opportunity_unknown") && loaded.output.contains("split_excess"))
    }
}

extension Bench {
    /// Accounts alone give no day: a deal's snapshot does.
    fileprivate func mustAnswerAsOf(_ day: String) throws {
        let connection = try connection()
        try connection.execute("set bellwether.as_of = '\(day)'")
        for row in try connection.query("select count(*) as n from bellwether.account") {
            #expect(try row.decode("n", as: Int.self) == 1)
        }
    }
}
