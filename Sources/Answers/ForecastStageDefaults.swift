import Analytics
import Model

/// How many deals of a forecast are in their category by the default of their stage, since the CRM gives them none.
enum ForecastStageDefaults {
    /// The categories in which a stage puts open deals.
    private static let categories: [ForecastCategory] = [.commit, .bestCase, .pipeline, .omitted]

    static var columns: [AnswerColumn] {
        categories.map {
            AnswerColumn(
                "\($0.rawValue)_by_stage_count", title: "\($0.title) deals by their stage", kind: .integer,
                unit: "deals", isDetail: true)
        }
    }

    static func values(of line: ForecastLine) -> [AnswerValue] {
        categories.map { .integer(line.sums.stageDefaults[$0] ?? 0) }
    }

    /// A note below a table with that line on top; nothing where the CRM gives every deal its category.
    static func notes(of top: ForecastLine?) -> [Phrase] {
        guard let sums = top?.sums, !sums.stageDefaults.isEmpty else { return [] }
        let counts = categories.compactMap { category in
            sums.stageDefaults[category].map {
                "\($0) of \(sums[category].count) \(category.title.lowercased())"
            }
        }
        return ["In their category by the default of their stage: \(counts.joined(separator: ", "))"]
    }
}
