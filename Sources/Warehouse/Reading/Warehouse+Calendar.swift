import Model
import Postgres

extension Warehouse {
    /// The settings by which answers are read, as of the point read; the built-in ones where no company is loaded.
    ///
    /// - Throws: `BW530`–`BW533` for a calendar that cannot be.
    public func companySettings() throws(BellwetherError) -> CompanySettings {
        let found = try rows(
            """
            select
                source, coalesce(name, id) as name, currency, minor_unit_places as places,
                fiscal_year_start_month, fiscal_year_name, calendar, week_anchor, extra_week,
                freeze_business_day
            from bellwether.reporting_company
            """
        ) { row throws(DatabaseError) in
            (
                source: try row.decode("source", as: String.self),
                name: try row.decode("name", as: String.self),
                currency: try row.decode("currency", as: String?.self) ?? "",
                places: try row.decode("places", as: Int.self),
                words: CalendarWords(
                    calendar: try row.decode("calendar", as: String?.self),
                    weekAnchor: try row.decode("week_anchor", as: String?.self),
                    extraWeek: try row.decode("extra_week", as: String?.self),
                    startMonth: try row.decode("fiscal_year_start_month", as: Int.self),
                    yearName: try row.decode("fiscal_year_name", as: String.self)),
                freeze: try row.decode("freeze_business_day", as: Int?.self)
            )
        }
        guard let company = found.first else {
            return .unloaded
        }
        return CompanySettings(
            name: company.name, currency: company.currency, minorUnitPlaces: company.places,
            calendar: try company.words.fiscalCalendar(of: company.source, periods: try loadedPeriods()),
            freezeBusinessDay: company.freeze)
    }

    /// What is loaded of fiscal periods as of the point read, whatever the company's calendar; records without label,
    /// kind or days are findings and left out.
    func loadedPeriods() throws(BellwetherError) -> [LoadedPeriod] {
        try rows(
            """
            select source, id, period, lower(kind) as kind, start_date, end_date, freeze_date
            from bellwether.fiscal_period
            where period is not null
                and lower(kind) in ('year', 'quarter', 'month', 'week')
                and start_date <= end_date
            order by source, id
            """
        ) { row throws(DatabaseError) in
            LoadedPeriod(
                id: RecordID(
                    source: try row.decode("source", as: String.self),
                    id: try row.decode("id", as: String.self)),
                label: try row.decode("period", as: String.self),
                grain: try row.decode("kind", as: Period.Grain.self),
                start: try row.decode("start_date", as: Day.self),
                end: try row.decode("end_date", as: Day.self) + 1,
                freezeDay: try row.decode("freeze_date", as: Day?.self))
        }
    }

    /// The business days as of the point read. A holiday of one region is a business day of the company: it works on
    /// elsewhere.
    public func businessDays() throws(BellwetherError) -> BusinessDays {
        let holidays = try rows(
            """
            select distinct holiday_date
            from bellwether.holiday
            where holiday_date is not null and nullif(region, '') is null
            """
        ) { row throws(DatabaseError) in try row.decode("holiday_date", as: Day.self) }
        return BusinessDays(holidays: holidays)
    }
}
