/// The files of one night, each with its header: `id` and the columns of the entity.
enum SampleFile: String, CaseIterable {
    case company, team, person, account, product, stage
    case exchangeRate = "exchange_rate"
    case planLine = "plan_line"
    case opportunity
    /// In the first night alone, where it is wanted.
    case fieldChange = "field_change"

    var name: String { rawValue + ".csv" }

    var header: [String] {
        switch self {
        case .company: ["id", "name", "currency", "time_zone", "fiscal_year_start_month", "fiscal_year_name"]
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
        case .fieldChange:
            [
                "id", "entity", "record_id", "field", "old_value", "new_value", "is_old_known", "changed_at",
                "author_id", "sequence",
            ]
        }
    }
}
