/// A small fixed company in which each line of a forecast has something in it: the goldens' world.
///
/// Two nights. Worked by hand, FY2026Q2 as of 2026-05-05: closed 50,000 + 11,050 (10,000 EUR at 1.105) = 61,050;
/// commit 80,000 + 20,000 = 100,000 (Ann's Cedar 20,000 is past due); best case 30,000; pipeline 40,000; omitted
/// 5,000; unmapped 7,000; undated 9,000; past due from an earlier quarter 12,000.
enum Borealis {
    static let days = ["2026-05-04", "2026-05-05"]

    static let nights = [first, first.merging(changes) { $1 }]

    private static let first = [
        "company": "id,name,currency,fiscal_year_start_month\nb,Borealis,USD,1\n",
        "team": "id,name,parent_id\nt1,East,\nt2,West,\nt3,West Coast,t2\n",
        "person": """
        id,name,team_id
        p1,Ann Ash,t1
        p2,Bob Birch,t3
        p3,Cleo Cedar,

        """,
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Offer,Offer,2,open,best_case
        Agreed,Agreed,3,open,commit
        Won,Won,4,won,closed
        Lost,Lost,5,lost,omitted

        """,
        "account": "id,name\na1,Alder GmbH\na2,Beech & Sons\n",
        "exchange_rate": "id,kind,from_currency,to_currency,rate\ne1,plan,EUR,USD,1.105\n",
        "plan_line": """
        id,kind,node_kind,node_id,period,amount
        q1,quota,person,p1,FY2026Q2,150000
        q2,quota,person,p2,FY2026Q2,120000
        b1,budget,company,,FY2026Q2,200000

        """,
        "opportunity": deals(cedar: "Agreed,,20000,USD,2026-04-30", dogwood: "New,,35000,USD,2026-06-15"),
    ]

    /// On the second day Dogwood is worth more, one deal has an amount that is none, and one is new.
    private static let changes = [
        "opportunity": deals(cedar: "Agreed,,20000,USD,2026-04-30", dogwood: "New,,40000,USD,2026-06-15")
            + "d12,Larch,a1,p1,New,,many,USD,2026-06-01\n"
    ]

    private static func deals(cedar: String, dogwood: String) -> String {
        """
        id,name,account_id,owner_id,stage_id,forecast_category,amount,currency,close_date
        d1,Aspen renewal,a1,p1,Won,,50000,USD,2026-04-10
        d2,Birch,a2,p2,Won,,10000,EUR,2026-04-20
        d3,Cedar,a1,p1,\(cedar)
        d4,Chestnut,a2,p2,Agreed,,80000,USD,2026-06-30
        d5,Dogwood,a1,p1,\(dogwood)
        d6,Elder,a2,p2,Offer,,30000,USD,2026-06-20
        d7,Fir,a1,p3,New,omitted,5000,USD,2026-06-20
        d8,Ginkgo,a1,p9,Handshake,,7000,USD,2026-06-20
        d9,Hazel,a2,p2,New,,9000,USD,
        d10,Ivy,a9,p1,New,,12000,USD,2026-03-31
        d11,Juniper,a1,p1,Lost,,99000,USD,2026-04-15

        """
    }
}
