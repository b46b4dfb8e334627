/// The files of one night, each with its header: `id` and the columns of the entity.
///
/// Calls, calls of deals, activities, bookings and merges are events: a night names what happened since the
/// night before it, and the first night all that happened until then. The other files are complete.
enum SampleFile: String, CaseIterable {
    case company, team, person, account, product, stage, holiday
    case exchangeRate = "exchange_rate"
    case planLine = "plan_line"
    case opportunity
    /// From the first lead on; without what no indicator of the story needs.
    case lead
    /// Only where a deal's credit is split.
    case split = "opportunity_split"
    case call
    case dealCall = "deal_call"
    case activity, booking
    /// From the first merge on.
    case mergedRecord = "merged_record"
    /// In the first night alone, where it is wanted.
    case fieldChange = "field_change"

    var name: String { rawValue + ".csv" }

    var header: [String] {
        switch self {
        case .company:
            [
                "id", "name", "currency", "time_zone", "fiscal_year_start_month", "fiscal_year_name",
                "calendar", "week_anchor", "extra_week", "freeze_business_day",
            ]
        case .team: ["id", "name", "parent_id", "lead_id"]
        case .person:
            [
                "id", "name", "email", "title", "team_id", "manager_id", "is_active", "start_date",
                "end_date",
            ]
        case .account:
            [
                "id", "name", "owner_id", "parent_id", "type", "industry", "segment", "region", "country",
                "annual_revenue", "employees", "source_channel", "created_date",
            ]
        case .product: ["id", "name", "family", "list_price"]
        case .stage: ["id", "name", "position", "kind", "category"]
        case .holiday: ["id", "name", "holiday_date", "region"]
        case .exchangeRate:
            ["id", "kind", "from_currency", "to_currency", "start_date", "end_date", "rate"]
        case .planLine:
            [
                "id", "kind", "node_kind", "node_id", "period", "business_line", "measure", "amount",
                "currency", "confidence",
            ]
        case .opportunity:
            [
                "id", "name", "account_id", "owner_id", "product_id", "stage_id", "forecast_category",
                "amount", "currency", "close_date", "created_date", "type", "lead_source", "next_step",
                "loss_reason", "is_closed", "is_won", "probability",
            ]
        case .lead:
            [
                "id", "owner_id", "lead_source", "status", "score_band", "created_date", "is_converted",
                "converted_date", "opportunity_id", "disqualified_date",
            ]
        case .split:
            ["id", "opportunity_id", "person_id", "kind", "percent", "amount", "currency", "note"]
        case .call:
            [
                "id", "node_kind", "node_id", "period", "category", "kind", "basis", "business_line",
                "measure",
                "amount", "currency", "calculated_amount", "submitted_at", "submitted_by_id", "withdrawn_at",
                "note",
            ]
        case .dealCall:
            [
                "id", "opportunity_id", "level", "kind", "amount", "currency", "close_date", "submitted_at",
                "submitted_by_id", "reason",
            ]
        case .activity:
            [
                "id", "kind", "type", "subject", "opportunity_id", "account_id", "contact_id", "lead_id",
                "owner_id", "activity_date", "started_at", "ended_at", "duration_seconds", "logged_at",
                "done_at", "status", "is_done", "is_held", "direction", "outcome",
            ]
        case .booking:
            [
                "id", "opportunity_id", "order_id", "account_id", "kind", "booked_date", "amount", "currency",
            ]
        case .mergedRecord: ["id", "entity", "record_id", "survivor_id", "merged_date"]
        case .fieldChange:
            [
                "id", "entity", "record_id", "field", "old_value", "new_value", "is_old_known", "changed_at",
                "author_id", "sequence",
            ]
        }
    }
}
