import Foundation
import Model

/// The files of one night, each with its header: `id` and the columns of the entity.
enum SampleFile: String, CaseIterable {
    case company, team, person, account, product, stage
    case exchangeRate = "exchange_rate"
    case planLine = "plan_line"
    case opportunity

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
        }
    }
}

/// A file that is written from front to back through a buffer.
struct FileSink {
    let path: String
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private(set) var byteCount = 0
    private(set) var lineCount = 0

    /// Creates the file, or empties it.
    init(_ path: String, header: [String]) throws(BellwetherError) {
        self.path = path
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw FileSink.unwritable(path) }
        self.handle = handle
        var text = CSVText()
        text.line(header)
        buffer = text.bytes
    }

    /// Adds a record: a line with its line feed.
    mutating func write(_ record: [UInt8]) throws(BellwetherError) {
        buffer.append(contentsOf: record)
        lineCount += 1
        if buffer.count >= 1 << 16 { try flush() }
    }

    mutating func close() throws(BellwetherError) {
        try flush()
        do { try handle.close() } catch { throw FileSink.unwritable(path) }
    }

    private mutating func flush() throws(BellwetherError) {
        do { try handle.write(contentsOf: buffer) } catch { throw FileSink.unwritable(path) }
        byteCount += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    static func unwritable(_ path: String) -> BellwetherError {
        BellwetherError(
            .fileUnwritable, "\(path) cannot be written",
            hint: "Check the folder's permissions and the free space; nights that were begun are incomplete.",
            place: Place(file: path))
    }
}
