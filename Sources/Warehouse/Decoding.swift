import Intake
import Model
import Postgres

extension Day: ColumnDecodable {
    /// Reads a `date`; infinity is no day.
    public init?(cell: Cell) {
        guard let text = cell.text else { return nil }
        self.init(text)
    }
}

extension Amount: ColumnDecodable {
    /// Reads a `numeric` of at most six decimal places.
    public init?(cell: Cell) {
        guard cell.format == .text else { return nil }
        self.init(plain: cell.bytes.assumingMemoryBound(to: UInt8.self))
    }
}

extension ColumnDecodable where Self: RawRepresentable<String> {
    /// Reads the value's word.
    public init?(cell: Cell) {
        guard let text = cell.text else { return nil }
        self.init(rawValue: text)
    }
}

extension ForecastCategory: ColumnDecodable {}
extension CloseTiming: ColumnDecodable {}
extension SnapshotKind: ColumnDecodable {}
extension PlanAmount.Kind: ColumnDecodable {}
extension PlanFault: ColumnDecodable {}
extension Period.Grain: ColumnDecodable {}
extension LoadGuard: ColumnDecodable {}
extension VolumeEvent: ColumnDecodable {}
extension GenerationTiming: ColumnDecodable {}
extension PipelineFate: ColumnDecodable {}

extension Parameter {
    static func date(_ day: Day) -> Parameter {
        .text(day.description, type: .date)
    }

    static func hash(_ hash: Hash128) -> Parameter {
        .text(hash.description, type: .uuid)
    }

    static func array(_ texts: [String]) -> Parameter {
        .textArray(texts)
    }
}
