/// A company of two teams and two people with one deal each, as small as a forecast can be.
enum Acme {
    /// The header of its deals.
    static let dealHeader =
        "id,name,account_id,owner_id,stage_id,forecast_category,amount,currency,close_date"

    /// Everything but the deals.
    static let reference = [
        "company": "id,name,currency,fiscal_year_start_month\nacme,Acme,USD,1\n",
        "team": "id,name,parent_id\nt1,East,\nt2,West,\n",
        "person": "id,name,team_id\np1,Ann,t1\np2,Bob,t2\n",
        "stage": """
        id,name,position,kind,category
        New,New,1,open,pipeline
        Won,Won,2,won,closed
        Lost,Lost,3,lost,omitted

        """,
        "account": "id,name\na1,Globex\n",
    ]

    /// The deals on the first day: `d1` of Ann over 100, `d2` of Bob over 200.
    static let deals = deals(
        "d1,First,a1,p1,New,commit,100,USD,2026-06-30", "d2,Second,a1,p2,New,commit,200,USD,2026-06-30")

    /// The first day's exports.
    static let exports = reference.merging(["opportunity": deals]) { $1 }

    /// An export of those deals.
    static func deals(_ lines: String...) -> String {
        ([dealHeader] + lines).joined(separator: "\n") + "\n"
    }
}
