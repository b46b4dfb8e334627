import Analytics
import Model

/// Who leads the teams of a forecast. A team without a lead is rolled up all the same, and its vacancy is shown.
struct ForecastLeads {
    private let leads: [RecordID: RecordID]
    private let names: [RecordID: String]

    /// The leads of an organisation.
    init(_ organisation: Organisation) {
        leads = Dictionary(
            organisation.teams.compactMap { team in team.lead.map { (team.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        names = Dictionary(
            organisation.people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    static let column = AnswerColumn("lead", title: "Lead", kind: .text, isDetail: true)

    /// The name of a team's lead; null for a team that nobody leads, or somebody who is not there any more.
    func value(of line: ForecastLine) -> AnswerValue {
        lead(of: line).map { .text($0) } ?? .null
    }

    private func lead(of line: ForecastLine) -> String? {
        guard case .team(let team) = line.node else { return nil }
        return leads[team].flatMap { names[$0] }
    }

    /// The teams of a table that nobody leads; nothing where the CRM tells of no lead at all.
    func vacancies(among lines: [ForecastLine]) -> [Phrase] {
        guard !leads.isEmpty else { return [] }
        let vacant = lines.filter { line in
            if case .team = line.node { lead(of: line) == nil } else { false }
        }
        guard !vacant.isEmpty else { return [] }
        let told = vacant.prefix(Self.told).map(\.name).joined(separator: ", ")
        let more = vacant.count > Self.told ? " and \(vacant.count - Self.told) more" : ""
        return ["No lead: \(told)\(more)"]
    }

    private static let told = 5
}
