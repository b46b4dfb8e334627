import Model
import Postgres

extension Warehouse {
    /// The SQL of `dealChanges`: $1 the source, $2 the id.
    public static let dealChangesSQL = """
        with author as (
            select distinct on (told.field, told.changed_on) told.field, told.changed_on, told.author_id
            from bellwether.field_change as told
            where told.source = $1 and told.record_id = $2 and told.entity = 'opportunity'
            order by told.field, told.changed_on, told.changed_at desc
        )
        select
            change.day, change.change, change.field, change.old_value, change.new_value, change.seen_before,
            change.is_first_day, change.is_from_crm_history, change.is_assumed, change.is_after_gap, change.load,
            author.author_id
        from bellwether.deal_change as change
        left join author on author.field = change.field and author.changed_on = change.day
        where change.source = $1 and change.id = $2
        order by change.day, change.field is not null, change.field
        """

    /// Every change of a deal up to the day of the point read last, the earliest first.
    ///
    /// Source: views `bellwether.deal_change` and `bellwether.field_change`.
    public func dealChanges(of deal: RecordID) throws(BellwetherError) -> [DealChange] {
        try rows(Self.dealChangesSQL, [.text(deal.source), .text(deal.id)]) { row throws(DatabaseError) in
            DealChange(
                day: try row.decode("day"), kind: try row.decode("change"), field: try row.decode("field"),
                old: try row.decode("old_value"), new: try row.decode("new_value"),
                seenBefore: try row.decode("seen_before"), isFirstDay: try row.decode("is_first_day"),
                isFromHistory: try row.decode("is_from_crm_history"),
                isAssumed: try row.decode("is_assumed"), isAfterGap: try row.decode("is_after_gap"),
                load: try row.decode("load"), author: try row.decode("author_id"))
        }
    }

    /// The SQL of `stageVisits`: $1 the source, $2 the id.
    public static let stageVisitsSQL = """
        select
            coalesce(stage_name, stage_id) as stage, entered, exited, days,
            coalesce(next_stage_name, next_stage_id) as next, coalesce(is_skip, false) as is_skip,
            coalesce(is_backward, false) as is_backward, is_vanished, is_entry_unknown
        from bellwether.stage_visit
        where source = $1 and id = $2
        order by visit
        """

    /// A deal's visits of stages up to the day of the point read last, the earliest first.
    ///
    /// Source: view `bellwether.stage_visit`.
    public func stageVisits(of deal: RecordID) throws(BellwetherError) -> [StageVisit] {
        try rows(Self.stageVisitsSQL, [.text(deal.source), .text(deal.id)]) { row throws(DatabaseError) in
            StageVisit(
                stage: try row.decode("stage"), entered: try row.decode("entered"),
                exited: try row.decode("exited"), days: try row.decode("days"),
                next: try row.decode("next"), isSkip: try row.decode("is_skip"),
                isBackward: try row.decode("is_backward"), isVanished: try row.decode("is_vanished"),
                isEntryUnknown: try row.decode("is_entry_unknown"))
        }
    }

    /// The SQL of `activities`: $1 the source, $2 the id.
    public static let activitiesSQL = """
        select
            coalesce(
                activity_date, (started_at at time zone (select bellwether.company_time_zone()))::date,
                (done_at at time zone (select bellwether.company_time_zone()))::date) as day,
            coalesce(kind, type) as kind, subject, source, owner_id, coalesce(is_held, is_done) as is_done, outcome
        from bellwether.activity
        where source = $1 and opportunity_id = $2
        order by day, started_at, id
        """

    /// What was done and is planned with the customer of a deal, as of the point read last.
    ///
    /// Source: view `bellwether.activity`.
    public func activities(of deal: RecordID) throws(BellwetherError) -> [DealActivity] {
        try rows(Self.activitiesSQL, [.text(deal.source), .text(deal.id)]) { row throws(DatabaseError) in
            DealActivity(
                day: try row.decode("day"), kind: try row.decode("kind"), subject: try row.decode("subject"),
                owner: try row.key("source", "owner_id"), isDone: try row.decode("is_done"),
                outcome: try row.decode("outcome"))
        }
    }

    /// The SQL of `dealHead`: $1 the source, $2 the id.
    public static let dealHeadSQL = """
        select
            source, coalesce(account_name, account_id) as account, coalesce(owner_name, owner_id) as owner_name,
            owner_team_id, coalesce(stage_name, stage_id) as stage, kind, category, amount_company, amount, currency,
            close_date, created_date, loss_reason
        from bellwether.deal
        where source = $1 and id = $2
        """

    /// A deal as of the point read last; nil where it is not there.
    ///
    /// Source: view `bellwether.deal`.
    public func dealHead(of deal: RecordID) throws(BellwetherError) -> DealHead? {
        try rows(Self.dealHeadSQL, [.text(deal.source), .text(deal.id)]) { row throws(DatabaseError) in
            DealHead(
                account: try row.decode("account"), ownerName: try row.decode("owner_name"),
                team: try row.key("source", "owner_team_id"), stage: try row.decode("stage"),
                kind: try row.decode("kind"), category: try row.decode("category"),
                companyAmount: try row.decode("amount_company"), amount: try row.decode("amount"),
                currency: try row.decode("currency"), closeDate: try row.decode("close_date"),
                createdDate: try row.decode("created_date"), lossReason: try row.decode("loss_reason"))
        }.first
    }

    /// The SQL of `credits`: $1 the source, $2 the id.
    public static let dealCreditsSQL = """
        select
            source, person_id, person_name, is_person_unknown, team_id as person_team_id, percent,
            amount_company as part_amount, false as is_overlay
        from bellwether.deal_part
        where source = $1 and opportunity_id = $2
        union all
        select
            source, person_id, person_name, is_person_unknown, team_id, percent, amount_company, true
        from bellwether.overlay_credit
        where source = $1 and opportunity_id = $2
        order by is_overlay, percent desc, person_id
        """

    /// Who is credited for a deal that people share, and beside it, as of the point read last.
    ///
    /// Source: views `bellwether.deal_part` and `bellwether.overlay_credit`.
    public func credits(of deal: RecordID) throws(BellwetherError) -> [(part: CreditPart, isOverlay: Bool)] {
        let isAnyShared = try single(
            """
            select exists (
                select from bellwether.opportunity_split where source = $1 and opportunity_id = $2
            ) as value
            """, [.text(deal.source), .text(deal.id)], as: Bool.self)
        guard isAnyShared else { return [] }
        return try rows(Self.dealCreditsSQL, [.text(deal.source), .text(deal.id)]) {
            row throws(DatabaseError) in
            (part: try row.creditPart(), isOverlay: try row.decode("is_overlay", as: Bool.self))
        }
    }

    // MARK: - Names

    /// A kind of record to which a deal refers.
    public enum Referred: String, Sendable, CaseIterable {
        case account, person, product, stage
    }

    /// The names of records of a source, by id, as of the point read last; those without one are left out.
    public func names(
        of referred: Referred, source: String, ids: some Sequence<String>
    ) throws(BellwetherError) -> [String: String] {
        let ids = Set(ids).sorted()
        guard !ids.isEmpty else { return [:] }
        let found = try rows(
            """
            select id, name
            from bellwether.\(referred.rawValue)
            where source = $1 and id = any ($2::text[]) and name is not null
            """, [.text(source), .array(ids)]
        ) { row throws(DatabaseError) in
            (try row.decode("id", as: String.self), try row.decode("name", as: String.self))
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }
}

extension DealChange.Kind: ColumnDecodable {}
