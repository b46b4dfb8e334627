import Model
import Postgres

extension Warehouse {
    /// The SQL of `resourceCells`: $1 the period's first day, $2 the day after its last.
    public static let resourceCellsSQL = """
        select
            source, owner_id, not is_owner_unknown as is_owner_known, owner_team_id,
            coalesce(resource, '') as resource, meets_criteria, is_granted, is_exception, kind, count(*) as requests,
            coalesce(sum(hours), 0) as hours, coalesce(sum(cost_company), 0) as cost
        from bellwether.resource_standing
        where requested_date is null or (requested_date >= $1::date and requested_date < $2::date)
        group by
            source, owner_id, is_owner_unknown, owner_team_id, coalesce(resource, ''), meets_criteria, is_granted,
            is_exception, kind
        """

    /// What became of the requests for help of a period, by whose deals they are for.
    ///
    /// Source: view `bellwether.resource_standing`.
    public func resourceCells(in period: Period) throws(BellwetherError) -> [ResourceCell] {
        try rows(Self.resourceCellsSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            ResourceCell(
                holder: try row.holder(), resource: try row.decode("resource"),
                meetsCriteria: try row.decode("meets_criteria"), isGranted: try row.decode("is_granted"),
                isException: try row.decode("is_exception"), kind: try row.decode("kind"),
                count: try row.decode("requests"), hours: try row.decode("hours"),
                cost: try row.decode("cost"))
        }
    }

    /// The SQL of `successCells`.
    public static let successCellsSQL = """
        select
            source, owner_id, not is_owner_unknown as is_owner_known, owner_team_id, standing, count(*) as factors,
            count(*) filter (where is_followed) as followed
        from bellwether.success_standing
        group by source, owner_id, is_owner_unknown, owner_team_id, standing
        """

    /// How the success factors agreed with customers stand, by whose deals they come from.
    ///
    /// Source: view `bellwether.success_standing`.
    public func successCells() throws(BellwetherError) -> [SuccessCell] {
        try rows(Self.successCellsSQL) { row throws(DatabaseError) in
            SuccessCell(
                holder: try row.holder(), standing: try row.decode("standing"),
                count: try row.decode("factors"),
                followed: try row.decode("followed"))
        }
    }

    /// The SQL of `meetingCells`: $1 the period's first day, $2 the day after its last.
    public static let meetingCellsSQL = """
        select
            source, coalesce(kind, '') as kind, coalesce(node_kind, 'company') as node_kind, node_id,
            count(*) as planned, count(held_on) as held, count(*) filter (where is_on_day) as on_day
        from bellwether.meeting_standing
        where planned_on >= $1::date and planned_on < $2::date
        group by source, coalesce(kind, ''), coalesce(node_kind, 'company'), node_id
        """

    /// The meetings planned in a period up to the day read, by kind and by whom they speak of.
    ///
    /// Source: view `bellwether.meeting_standing`.
    public func meetingCells(in period: Period) throws(BellwetherError) -> [MeetingCell] {
        try rows(Self.meetingCellsSQL, [.date(period.start), .date(period.end)]) {
            row throws(DatabaseError) in
            let node: CallNode
            switch (try row.decode("node_kind", as: String.self), try row.key("source", "node_id")) {
            case ("team", let team?): node = .team(team)
            case ("person", let person?): node = .person(person)
            default: node = .company
            }
            return MeetingCell(
                kind: try row.decode("kind"), node: node, planned: try row.decode("planned"),
                held: try row.decode("held"), onDay: try row.decode("on_day"))
        }
    }

    /// The SQL of `rampStarts`: $1 the first day on which somebody started to be new.
    public static let rampStartsSQL = """
        with newcomer as (
            select
                person.source, person.id, coalesce(person.role_start_date, person.start_date) as start_day,
                person.ramped_date, person.end_date
            from bellwether.person
            where coalesce(person.role_start_date, person.start_date) >= $1::date
                and coalesce(person.role_start_date, person.start_date) <= (select bellwether.as_of())
                and person.is_quota_carrying is not false
        ),

        won as (
            select deal.source, deal.owner_id, deal.close_date
            from bellwether.deal_state as deal
            where deal.kind = 'won' and deal.close_date <= (select bellwether.as_of())
                and deal.owner_id = any (array(select newcomer.id from newcomer))
        )

        select
            newcomer.source, newcomer.id, newcomer.start_day, newcomer.ramped_date, newcomer.end_date,
            min(won.close_date) as first_win
        from newcomer
        left join won
            on won.source = newcomer.source and won.owner_id = newcomer.id and won.close_date >= newcomer.start_day
        group by newcomer.source, newcomer.id, newcomer.start_day, newcomer.ramped_date, newcomer.end_date
        """

    /// The people who started on a day or later, and their first win.
    ///
    /// Source: views `bellwether.person` and `bellwether.deal_state`.
    public func rampStarts(since day: Day) throws(BellwetherError) -> [RampStart] {
        try rows(Self.rampStartsSQL, [.date(day)]) { row throws(DatabaseError) in
            RampStart(
                person: try row.recordID(), start: try row.decode("start_day"),
                ramped: try row.decode("ramped_date"), firstWin: try row.decode("first_win"),
                lastDay: try row.decode("end_date"))
        }
    }
}

extension SuccessCell.Standing: ColumnDecodable {}
