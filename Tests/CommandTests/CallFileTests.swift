import Foundation
import Model
import TestSupport
import Testing

/// Calls that a CRM exports, or that somebody keeps in a list.
@Suite("Calls from files")
struct CallFileTests {
    @Test func `of a list kept by hand are found by the names in it`() throws {
        let bench = try Meridian.bench()
        try bench.folder.write(
            "lists/2026-12-07/calls.csv",
            """
            Level,Node,Period,Category,Amount,Currency,By,When,Kind,Note
            team,EMEA,FY26Q4,Commit,"2,450,000",USD,Jonas Keller,2026-11-16 17:00,Override,will slip
            team,East,FY2026Q4,Commit,2550000,,Dana Ortiz,2026-12-04 17:00,,
            Company,all of it,FY2026Q4,Upside,8000000,,Dana Ortiz,2026-12-04 17:00,,
            team,Nowhere,FY2026Q4,Commit,1,,Dana Ortiz,2026-12-04 17:00,,

            """)
        let load = try bench.run("load", "weekly-calls", "lists/2026-12-07", "--accept", "newer")
        #expect(load.status == 0, "\(load)")
        let answer = try bench.answer("forecast", "--period", "FY2026Q4")
        #expect(answer.rows().map { $0.text("call") } == ["7100000", "2450000", "2550000", "2100000"])
        #expect(answer.warnings["override_stale"] != nil)
        #expect(
            answer.warnings["calls_without_node"] == "1 call for nobody in this organisation: team Nowhere")
        let best = try bench.answer("call", "list", "--category", "best_case", "--by", "company")
        #expect(best.rows()[0].text("submitted") == "8000000")
        #expect(best.rows()[0].text("by") == "Dana Ortiz")
        #expect(
            try bench.values(
                "select code || ' ' || value as value from bellwether.finding where entity = 'call'")
                == ["call_node_unknown team Nowhere"])
        // Before the list was loaded, by the times in it.
        let early = try bench.answer("forecast", "--period", "FY2026Q4", "--as-of", "2026-11-20")
        #expect(early.rows().map { $0.text("call") } == ["6900000", "2450000", "2350000", "2100000"])
    }

    @Test func `with a fault of their own are findings, and loaded as they stand`() throws {
        let bench = try Meridian.bench()
        let head = "id,node_kind,node_id,period,category,kind,basis,amount,submitted_at\n"
        let rows = [
            "c1,team,t1,FY2026Q4,commit,own,cumulative,1,2026-12-07T10:00",
            "c2,team,t1,FY2026Q4,commit,own,cumulative,2,2026-12-07T10:00",
            "c3,region,t1,FY2026Q4,commit,own,cumulative,2,2026-12-07T10:00",
            "c4,team,t1,FY2026Q9,commit,own,cumulative,2,2026-12-07T10:00",
            "c5,team,t1,FY2026Q4,certain,own,cumulative,2,2026-12-07T10:00",
            "c6,team,t2,FY2026Q4,commit,theirs,cumulative,2,2026-12-07T10:00",
            "c7,team,t3,FY2026Q4,commit,own,gross,2,2026-12-07T10:00",
        ]
        try bench.mustLoad("2026-12-07", ["call": head + rows.joined(separator: "\n") + "\n"])
        #expect(
            try bench.values(
                "select id || ' ' || code as value from bellwether.finding where entity = 'call' order by 1")
                == [
                    "c1 call_twice", "c2 call_twice", "c3 call_node_unknown", "c4 call_period_unreadable",
                    "c5 call_category_unknown", "c6 call_kind_unknown", "c7 call_basis_unknown",
                ])
        let calls = try bench.answer("call", "list", "--period", "FY2026Q4").rows().map {
            $0.text("submitted")
        }
        #expect(calls == [nil, nil, "2", nil])
    }

    @Test func `that are withdrawn, or leave a full export, stand no longer`() throws {
        let bench = try Meridian.bench()
        let head = "id,node_kind,node_id,period,category,kind,amount,submitted_at,withdrawn_at\n"
        try bench.mustLoad(
            "2026-12-07",
            ["call": head + "c1,team,t1,FY2026Q4,commit,override,5,2026-11-20T10:00,2026-12-01T10:00\n"])
        func override(_ day: String) throws -> String? {
            try bench.answer("call", "list", "--period", "FY2026Q4", "--as-of", day).rows()[2].text(
                "call_override")
        }
        #expect(try override("2026-11-19") == nil && override("2026-11-20") == "5")
        #expect(try override("2026-11-30") == "5" && override("2026-12-01") == nil)
    }

    // MARK: - CRMs

    @Test func `of Salesforce are those of the team that the forecast's owner leads`() throws {
        let bench = try Bench()
        let files = [
            "UserRole.csv": "Id,Name,ParentRoleId,ForecastUserId\nr1,EMEA,,u1\nr2,North,r1,u2\n",
            "User.csv":
                "Id,Name,UserRoleId,ManagerId,IsActive\nu1,Jonas Keller,r1,,true\nu2,Nia North,r2,u1,true\nu3,Luc Moreau,r2,u2,true\n",
            "Opportunity.csv": """
            Id,Name,AccountId,OwnerId,StageName,ForecastCategoryName,Amount,CloseDate,CreatedDate
            o1,First,,u3,Closed Won,Closed,100,2026-10-30,2026-01-05T08:00:00.000+0000
            o2,Second,,u3,Negotiation/Review,Commit,50,2026-12-30,2026-01-05T08:00:00.000+0000
            o3,Own,,u1,Negotiation/Review,Commit,7,2026-12-30,2026-01-05T08:00:00.000+0000

            """,
            "Period.csv":
                "Id,FullyQualifiedLabel,Type,Number,StartDate,EndDate\n026A,FY2026Q4,Quarter,4,2026-10-01,2026-12-31\n",
            "ForecastingAdjustment.csv": """
            Id,OwnerId,PeriodId,ForecastingItemCategory,AdjustedAmount,AdjustmentNote,LastModifiedDate,LastModifiedById,IsAmount
            f1,u2,026A,CommitForecast,120,too rosy,2026-11-16T17:00:00.000+0000,u1,true
            f2,u3,026A,CommitOnly,40,,2026-11-16T17:00:00.000+0000,u2,true

            """,
            "ForecastingOwnerAdjustment.csv": """
            Id,ForecastOwnerId,PeriodId,ForecastingItemCategory,OwnerAdjustedAmount,LastModifiedDate,LastModifiedById,IsAmount
            f3,u2,026A,CommitForecast,160,2026-11-17T08:00:00.000+0000,u2,true

            """,
            "ForecastingItem.csv": """
            Id,OwnerId,PeriodId,ForecastingItemCategory,OwnerOnlyAmount,AmountWithoutAdjustments,AmountWithoutManagerAdjustment,ForecastAmount,CurrencyIsoCode,HasAdjustment,HasOwnerAdjustment,IsAmount,IsUpToDate,SystemModstamp
            i1,u1,026A,CommitForecast,7,157,127,127,USD,false,false,true,true,2026-11-17T09:00:00.000+0000
            i2,u2,026A,CommitForecast,0,150,160,120,USD,true,true,true,true,2026-11-17T09:00:00.000+0000
            i3,u2,026A,OpenPipeline,0,50,50,50,USD,false,false,true,true,2026-11-17T09:00:00.000+0000
            i4,u2,026A,CommitForecast,0,3,3,3,,false,false,false,true,2026-11-17T09:00:00.000+0000

            """,
        ]
        for (name, text) in files { try bench.folder.write("2026-11-17/\(name)", text) }
        let load = try bench.run("load", "salesforce", "2026-11-17")
        #expect(load.status == 0, "\(load)")
        let rows = try bench.answer("call", "list", "--period", "FY2026Q4", "--by", "person").rows().map {
            row in
            [
                "node", "calculated", "rolled_up", "indirect", "submitted", "call_override", "call", "by",
                "crm_calculated",
            ]
            .map { row.text($0) ?? "-" }.joined(separator: " ")
        }
        #expect(
            rows == [
                "Company 157 127 -40 - - 127 - -",
                "EMEA 157 127 -40 - - 127 - 157",
                "Jonas Keller 7 7 0 - - 7 - -",
                "North 150 140 -10 160 120 120 Jonas Keller 150",
                "Luc Moreau 150 150 0 - 140 140 Nia North -",
                "Nia North 0 0 0 - - 0 - -",
            ])
        // Luc's exclusive 40 stands on 100 closed; North's override of 120 hides both it and North's own 160.
        #expect(
            try bench.values(
                "select basis || ' ' || amount as value from bellwether.crm_forecast order by id")
                == ["cumulative 127", "cumulative 120", "open 50"])
    }

    @Test func `of HubSpot are its forecast submissions`() throws {
        let bench = try Bench()
        let files = [
            "teams.csv": "id,name\n77,North\n",
            "owners.csv":
                "owner_id,first_name,last_name,email,primary_team_id,is_active\n11,Ann,Ash,a@example.com,77,true\n",
            "deals.csv": """
            deal_id,dealname,hubspot_owner_id,dealstage,hs_manual_forecast_category,amount,closedate,createdate
            d1,First,11,contractsent,COMMIT,100,2026-12-20,2026-11-01

            """,
            "deal_pipeline_stages.csv":
                "stage_id,label,display_order,probability,is_closed,closed_won\ncontractsent,Contract sent,1,0.9,false,false\n",
            "forecasts.csv": """
            id,hs_milestone,hs_year,hs_fiscal_quarter,hs_fiscal_month,hubspot_owner_id,hs_team_id,hs_amount,hs_created_by_user_id,hs_createdate,hs_lastmodifieddate
            1,quarterly,2026,4,,11,77,120,5,2026-12-01T10:00:00.000Z,2026-12-02T10:00:00.000Z
            2,quarterly,2026,4,,,77,130,5,2026-12-01T10:00:00.000Z,2026-12-02T10:00:00.000Z
            3,monthly,2026,,12,11,77,90,5,2026-12-01T10:00:00.000Z,2026-12-02T10:00:00.000Z

            """,
        ]
        for (name, text) in files { try bench.folder.write("2026-12-07/\(name)", text) }
        let load = try bench.run("load", "hubspot", "2026-12-07", "--accept", "newer")
        #expect(load.status == 0, "\(load)")
        func calls(_ period: String) throws -> [String?] {
            try bench.answer("call", "list", "--period", period, "--by", "person", "--as-of", "2026-12-07")
                .rows()
                .map { $0.text("submitted") }
        }
        #expect(try calls("FY2026Q4") == [nil, "130", "120"] && calls("FY2026M12") == [nil, nil, "90"])
    }
}
