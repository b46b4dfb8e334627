import Model
import Postgres

extension Warehouse {
    /// The calendars that companies' records name, in their own words, of which the periods are not written yet; the
    /// built-in one too, which holds where no company is loaded.
    private static let unwrittenCalendarsSQL = """
        select worded.calendar, worded.week_anchor, worded.extra_week, worded.start_month, worded.year_name
        from (
            select
                coalesce(company.calendar, 'months') as calendar,
                coalesce(company.week_anchor, '') as week_anchor,
                coalesce(company.extra_week, 'last') as extra_week,
                coalesce(company.fiscal_year_start_month, 1) as start_month,
                coalesce(company.fiscal_year_name, 'end') as year_name
            from bellwether_store.company
            union
            select 'months', '', 'last', 1, 'end'
        ) as worded
        where not exists (
            select
            from bellwether_store.ruled_period as ruled
            where ruled.calendar = worded.calendar
                and ruled.week_anchor = worded.week_anchor
                and ruled.extra_week = worded.extra_week
                and ruled.start_month = worded.start_month
                and ruled.year_name = worded.year_name
        )
        """

    /// Writes the periods of calendars by rule that companies' records name and that nobody has named before, so that SQL
    /// knows them without a rule of its own.
    ///
    /// Words that are no calendar have no periods, and are a finding of their own.
    func writeRuledPeriods() throws(BellwetherError) {
        let calendars = try rows(Self.unwrittenCalendarsSQL) { row throws(DatabaseError) in
            CalendarWords(
                calendar: try row.decode("calendar"), weekAnchor: try row.decode("week_anchor"),
                extraWeek: try row.decode("extra_week"), startMonth: try row.decode("start_month"),
                yearName: try row.decode("year_name"))
        }
        for words in calendars {
            guard let calendar = try? words.fiscalCalendar(of: "", periods: []) else { continue }
            try write(calendar.periods(ofYears: 1980...2079), of: words)
        }
    }

    private func write(_ periods: [Period], of words: CalendarWords) throws(BellwetherError) {
        try execute(
            """
            insert into bellwether_store.ruled_period (
                calendar, week_anchor, extra_week, start_month, year_name, period, kind, start_date, end_date
            )
            select $1, $2, $3, $4, $5, period, kind, start_date, end_date
            from unnest($6::text[], $7::text[], $8::text[]::date[], $9::text[]::date[])
                as told (period, kind, start_date, end_date)
            on conflict do nothing
            """,
            [
                .text(words.calendar ?? ""), .text(words.weekAnchor ?? ""), .text(words.extraWeek ?? ""),
                .int(words.startMonth, type: .int4), .text(words.yearName), .array(periods.map(\.label)),
                .array(periods.map(\.grain.rawValue)), .array(periods.map(\.start.description)),
                .array(periods.map(\.lastDay.description)),
            ])
    }
}

extension FiscalCalendar {
    /// The periods of every grain of the years of those numbers, year by year.
    func periods(ofYears years: ClosedRange<Int>) -> [Period] {
        years.compactMap { period(labelled: PeriodLabel(year: $0, .year, 1).description) }.flatMap { year in
            [year] + parts(of: year).joined()
        }
    }
}
