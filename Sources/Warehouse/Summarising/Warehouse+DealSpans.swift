import Model
import Postgres

extension Warehouse {
    /// Brings the deal spans up to a load: what was loaded, closed or superseded since they were made.
    ///
    /// One scan of the versions, none of them written. Whoever reads meanwhile sees the old spans and their load, or the
    /// new ones. Where the space of what went may be freed, it is.
    ///
    /// - Returns: How many spans were written.
    /// - Throws: `BW2xx` from the database.
    public func renewDealSpans(at point: ReadPoint) throws(BellwetherError) -> Int {
        let written = try transaction {
            try execute("select pg_advisory_xact_lock(hashtextextended('bellwether summarise', 0))")
            let made = try madeSpans()
            guard made < point.load else { return 0 }
            if made == 0 { try execute("delete from bellwether_store.deal_span") }
            let loads: [Parameter?] = [.int(made, type: .int4), .int(point.load, type: .int4)]
            try execute(Self.touchedSQL, loads)
            for statement in Self.numberingSQL { try execute(statement) }
            if made > 0 { try execute(Self.removeSQL) }
            let written = try connection.execute(Self.writeSQL)
            try execute("delete from bellwether_store.deal_span_state")
            try execute(
                "insert into bellwether_store.deal_span_state (load) values ($1)",
                [.int(point.load, type: .int4)])
            return written
        }
        if written > 0 { vacuum(["deal_span", "deal_shape", "deal_owner"]) }
        return written
    }

    /// The load whose knowledge the spans are; 0 without any, and where a prune has since taken versions that they have.
    private func madeSpans() throws -> Int {
        try single(
            """
            select coalesce(max(state.load), 0) as value
            from bellwether_store.deal_span_state as state
            where state.load >= coalesce((select max(prune.horizon) from bellwether_store.prune), 0)
            """, as: Int.self)
    }

    /// The versions that differ between two loads: $1 that of the spans, $2 the newer one.
    private static let touchedSQL = """
        create temporary table touched on commit drop as
        select
            version.source, version.id, version.valid_from,
            case when version.closed_in > $2 then 'infinity' else version.valid_to end as valid_to,
            version.owner_id, version.stage_id, version.forecast_category, version.currency, version.is_closed,
            version.is_won, version.amount, version.close_date,
            row(
                version.source, version.stage_id, version.forecast_category, version.currency, version.is_closed,
                version.is_won
            )::text collate "C" as shape_key,
            version.loaded_in <= $1 as is_known,
            coalesce(version.superseded_in <= $2, false) as is_gone
        from bellwether_store.opportunity as version
        where version.loaded_in <= $2
            and (
                version.loaded_in > $1
                or (version.closed_in > $1 and version.closed_in <= $2)
                or (version.superseded_in > $1 and version.superseded_in <= $2)
            )
            and (version.loaded_in <= $1 or version.superseded_in is null or version.superseded_in > $2)
        """

    /// Numbers for wordings and owners that are new.
    private static let numberingSQL = [
        "analyze touched",
        """
        insert into bellwether_store.deal_shape (
            number, key, source, stage_id, forecast_category, currency, is_closed, is_won
        )
        select
            (select coalesce(max(known.number), 0) from bellwether_store.deal_shape as known)
                + row_number() over (order by found.key),
            found.key, found.source, found.stage_id, found.forecast_category, found.currency, found.is_closed, found.is_won
        from (
            select distinct
                shape_key as key, source, stage_id, forecast_category, currency, is_closed, is_won
            from touched
            where not is_gone
        ) as found
        where not exists (select from bellwether_store.deal_shape as known where known.key = found.key)
        """,
        """
        insert into bellwether_store.deal_owner (number, source, owner_id)
        select
            (select coalesce(max(known.number), 0) from bellwether_store.deal_owner as known)
                + row_number() over (order by found.source, found.owner_id),
            found.source, found.owner_id
        from (select distinct source, owner_id from touched where owner_id is not null and not is_gone) as found
        where not exists (
            select
            from bellwether_store.deal_owner as known
            where known.source = found.source and known.owner_id = found.owner_id
        )
        """,
    ]

    /// The spans of versions that were there and have changed.
    private static let removeSQL = """
        delete from bellwether_store.deal_span as span
        using touched, bellwether_store.deal_shape as shape
        where touched.is_known
            and span.id = touched.id
            and span.valid_from = touched.valid_from
            and shape.number = span.shape
            and shape.source = touched.source
        """

    /// In the order in which forecasts ask for them.
    private static let writeSQL = """
        insert into bellwether_store.deal_span (
            close_date, valid_from, valid_to, owner, shape, is_closed, amount, id
        )
        select
            touched.close_date, touched.valid_from, touched.valid_to, owner.number, shape.number, touched.is_closed,
            touched.amount, touched.id
        from touched
        inner join bellwether_store.deal_shape as shape on shape.key = touched.shape_key
        left join bellwether_store.deal_owner as owner
            on owner.source = touched.source and owner.owner_id = touched.owner_id
        where not touched.is_gone
        order by touched.close_date, touched.valid_to
        """
}
