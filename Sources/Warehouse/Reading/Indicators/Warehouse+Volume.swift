import Model
import Postgres

extension Warehouse {
    /// The SQL of `volume`: $1 the day before the first, $2 the last day, $3 the days of a window.
    ///
    /// A deal that takes several steps in a window counts once, for who has it at the last of them.
    public static let volumeSQL = """
        select
            flow.source, flow.owner_id, flow.is_owner_unknown, flow.team_id, flow.event,
            ($2::date - flow.day) / $3::int as place,
            sum(flow.deals)::bigint as deals, coalesce(sum(flow.amount), 0) as amount
        from bellwether.deal_volume as flow
        where flow.day > $1::date and flow.day <= $2::date
        group by flow.source, flow.owner_id, flow.is_owner_unknown, flow.team_id, flow.event, place
        union all
        select
            step.source, step.owner_id, step.is_owner_unknown, step.team_id, step.event, step.place,
            count(*), 0
        from (
            select distinct on (taken.source, taken.id, taken.place, told.event)
                taken.source, taken.id, taken.owner_id, taken.is_owner_unknown, taken.team_id, taken.place,
                told.event
            from (
                select
                    source, id, day, owner_id, is_owner_unknown, team_id, is_progress, is_setback, is_push,
                    ($2::date - day) / $3::int as place
                from bellwether.deal_step
                where day > $1::date and day <= $2::date
            ) as taken
            cross join lateral (
                values
                    ('progressed', taken.is_progress), ('setback', taken.is_setback), ('pushed', taken.is_push)
            ) as told (event, is_told)
            where told.is_told
            order by taken.source, taken.id, taken.place, told.event, taken.day desc
        ) as step
        group by step.source, step.owner_id, step.is_owner_unknown, step.team_id, step.event, step.place
        union all
        select
            held.source, held.owner_id, held.is_owner_unknown, held.team_id, told.event,
            ($2::date - held.day) / $3::int as place,
            count(*), 0
        from bellwether.meeting_held as held
        cross join lateral (
            values ('meeting', true), ('unconfirmed_meeting', held.is_unconfirmed)
        ) as told (event, is_told)
        where held.day > $1::date and held.day <= $2::date and told.is_told
        group by held.source, held.owner_id, held.is_owner_unknown, held.team_id, told.event, place
        """

    /// What happened in windows of equal length up to the day of the point read last, by holder.
    ///
    /// Source: views `bellwether.deal_volume`, `deal_step` and `meeting_held`.
    ///
    /// - Parameters:
    ///   - before: The day before the first of the oldest window.
    ///   - last: The last day of the newest.
    ///   - length: Days in each.
    public func volume(after before: Day, to last: Day, length: Int) throws(BellwetherError) -> [VolumeCell] {
        try hashJoining { () throws(BellwetherError) in
            try rows(Self.volumeSQL, [.date(before), .date(last), .int(length, type: .int4)]) {
                row throws(DatabaseError) in
                VolumeCell(
                    holder: try row.eventHolder(), event: try row.decode("event"),
                    window: try row.decode("place"),
                    sum: DealSum(count: try row.decode("deals"), amount: try row.decode("amount")))
            }
        }
    }

    /// Of which events the warehouse can tell at all, as of the point read last.
    public func volumeSources() throws(BellwetherError) -> VolumeSources {
        let found = try rows(
            """
            select
                exists (select from bellwether.opportunity where created_date is not null) as has_created,
                exists (select from bellwether.activity where kind = 'meeting') as has_meetings,
                (
                    select count(*)
                    from bellwether.opportunity as deal
                    left join bellwether.stage_outcome as stage
                        on stage.source = deal.source and stage.id = deal.stage_id
                    where (deal.close_date is null or deal.close_date > (select bellwether.as_of()))
                        and bellwether.deal_kind(deal.is_closed, deal.is_won, stage.kind) <> 'open'
                ) as closed_without_day
            """
        ) { row throws(DatabaseError) in
            VolumeSources(
                hasCreatedDates: try row.decode("has_created", as: Bool.self),
                hasMeetings: try row.decode("has_meetings", as: Bool.self),
                closedWithoutDay: try row.decode("closed_without_day", as: Int.self))
        }
        return found.first
            ?? VolumeSources(hasCreatedDates: false, hasMeetings: false, closedWithoutDay: 0)
    }
}
