import Model
import TestSupport
import Testing

/// Salesforce's further objects under the names of its API, as the Data Loader writes them.
@Suite("Salesforce's further objects")
struct SalesforceObjectTests {
    private static let files = [
        "Opportunity.csv": """
        Id,Name,AccountId,OwnerId,StageName,Amount,CloseDate,CreatedDate
        0061G00000N31HAQAZ,First,,,Prospecting,100,2026-06-30,2026-01-05T08:00:00.000+0000

        """,
        "Task.csv": """
        Id,WhatId,WhoId,OwnerId,Subject,TaskSubtype,ActivityDate,IsClosed,CallType,CallDurationInSeconds,CreatedDate,IsDeleted
        00T1G00003Ufap9UAB,0061G00000N31HA,0031G00001S3ckZQAR,u1,Rang,Call,2026-05-04,true,Outbound,90,2026-05-04T09:30:00.000+0000,false
        00T1G00003UfepsUAB,0011G00000ugZ6HQAU,00Q1G00000nOMcPUAW,u1,Wrote,ListEmail,2026-05-04,false,,,2026-05-04T10:00:00.000Z,false

        """,
        "OpportunitySplit.csv": """
        Id,OpportunityId,SplitOwnerId,SplitPercentage,SplitType.DeveloperName
        s1,0061G00000N31HAQAZ,u1,60,Revenue
        s2,0061G00000N31HAQAZ,u2,100,Overlay

        """,
        "ForecastingAdjustment.csv": """
        Id,OwnerId,PeriodId,ForecastingItemCategory,AdjustedAmount,AdjustmentNote,LastModifiedDate,LastModifiedById,IsAmount
        f1,u1,026A,CommitForecast,2450000,holds,2026-11-16T17:00:00.000+0000,u9,true
        f2,u1,026A,BestCaseOnly,300000,,2026-11-16T17:00:00.000+0000,u9,true
        f3,u1,026A,CommitForecast,,,2026-11-16T17:00:00.000+0000,u9,false

        """,
        "ForecastingOwnerAdjustment.csv": """
        Id,ForecastOwnerId,PeriodId,ForecastingItemCategory,OwnerAdjustedAmount,LastModifiedDate,LastModifiedById,IsAmount
        f4,u2,026A,MostLikelyForecast,1000.5,2026-11-17T08:00:00.000+0000,u2,true

        """,
        "ForecastingQuota.csv":
            "Id,QuotaOwnerId,QuotaAmount,StartDate,PeriodId\nq1,u1,300000,2026-10-01,026A\n",
        "Period.csv":
            "Id,FullyQualifiedLabel,Type,Number,StartDate,EndDate\n026A,FY2026Q4,Quarter,4,2026-10-01,2026-12-31\n",
        "Campaign.csv":
            "Id,Name,Type,ActualCost,BudgetedCost,StartDate,EndDate\nc1,Spring,Webinar,1200.5,2000,2026-03-01,2026-03-31\n",
        "OpportunityCompetitor.csv": "Id,OpportunityId,CompetitorName\nk1,0061G00000N31HAQAZ,Initech\n",
        "OpportunityContactRole.csv":
            "Id,OpportunityId,ContactId,Role,IsPrimary\nr1,0061G00000N31HAQAZ,x1,Champion,true\n",
        "OpportunityTeamMember.csv":
            "Id,OpportunityId,UserId,TeamMemberRole\nt1,0061G00000N31HAQAZ,u2,Engineer\n",
        "Holiday.csv": "Id,Name,ActivityDate\nh1,New Year,2027-01-01\n",
    ]

    @Test func `are read by their fields' own names`() throws {
        let bench = try Bench()
        for (name, text) in Self.files { try bench.folder.write("2026-05-04/\(name)", text) }
        let outcome = try bench.run("load", "salesforce", "2026-05-04", "--format", "json")
        #expect(outcome.status == 0, "\(outcome)")
        let loaded = try PrintedAnswer(outcome.output)
        #expect(loaded.warnings["rejects"] == nil && loaded.warnings["unmapped_files"] == nil)
        let views = [
            "activity": "kind, opportunity_id, contact_id, lead_id, is_done, direction, duration_seconds",
            "opportunity_split": "person_id, kind, percent",
            "call":
                "node_kind, node_id, period, kind, category, basis, amount, submitted_by_id, note",
            "plan_line": "kind, node_kind, node_id, period, amount, start_date",
            "fiscal_period": "period, kind, number, start_date, end_date",
            "campaign_spend": "campaign_id, channel, amount, budget", "deal_competitor": "competitor_id",
            "contact_role": "contact_id, role, is_primary", "deal_team_member": "person_id, role",
            "holiday": "name, holiday_date",
        ]
        let expected: [String: [String]] = [
            "activity": [
                "call|0061G00000N31HAQAZ|0031G00001S3ckZQAR|-|true|outbound|90",
                "email|-|-|00Q1G00000nOMcPUAW|false|-|-",
            ],
            "opportunity_split": ["u1|revenue|60", "u2|overlay|100"],
            "call": [
                "lead|u1|026A|override|commit|cumulative|2450000|u9|holds",
                "lead|u1|026A|override|best_case|exclusive|300000|u9|-",
                "lead|u2|026A|own|most_likely|cumulative|1000.5|u2|-",
            ],
            "plan_line": ["quota|person|u1|026A|300000|2026-10-01"],
            "fiscal_period": ["FY2026Q4|quarter|4|2026-10-01|2026-12-31"],
            "campaign_spend": ["c1|Webinar|1200.5|2000"], "deal_competitor": ["Initech"],
            "contact_role": ["x1|Champion|true"], "deal_team_member": ["u2|Engineer"],
            "holiday": ["New Year|2027-01-01"],
        ]
        for (view, columns) in views {
            let found = try bench.values(
                "select array_to_string(array[\(cells(columns))], '|', '-') as value from bellwether.\(view) order by id"
            )
            #expect(found == expected[view], "\(view)")
        }
        #expect(
            try bench.value(
                "select to_char(submitted_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as value from bellwether.call where id = 'f1'"
            ) == "2026-11-16 17:00")
    }

    private func cells(_ columns: String) -> String {
        columns.split(separator: ",").map { "\($0)::text" }.joined(separator: ",")
    }

    /// An override that its manager takes back leaves the export: it no longer stands.
    @Test func `an adjustment that is gone is gone`() throws {
        let bench = try Bench()
        let header = "Id,OwnerId,PeriodId,ForecastingItemCategory,AdjustedAmount\n"
        let own =
            "Id,ForecastOwnerId,PeriodId,ForecastingItemCategory,OwnerAdjustedAmount\nf9,u2,026A,CommitOnly,1\n"
        for (day, rows) in [
            ("2026-05-04", "f1,u1,026A,CommitOnly,5\nf2,u1,026A,ClosedOnly,6\n"),
            ("2026-05-05", "f2,u1,026A,ClosedOnly,6\n"),
        ] {
            try bench.folder.write("\(day)/ForecastingAdjustment.csv", header + rows)
            try bench.folder.write("\(day)/ForecastingOwnerAdjustment.csv", own)
            let outcome = try bench.run("load", "salesforce", day)
            #expect(outcome.status == 0, "\(outcome)")
        }
        #expect(
            try bench.values(
                "select id as value from bellwether.call_history where valid_to = 'infinity' order by id")
                == ["f2", "f9"])
    }
}
