import Analytics
import Model
import Warehouse

extension OrganisationChoice {
    /// The filter of the passport; nil as was, which needs no word.
    func filter(_ point: ReadPoint) -> Passport.Filter? {
        guard let day = point.organisationDay else { return nil }
        return Passport.Filter("org", self == .asIs ? "as-is (\(day))" : day.description)
    }
}

extension Organisation {
    /// How it differs from that of the day read; nil where it is that one.
    func change(at point: ReadPoint, in warehouse: Warehouse) throws(BellwetherError) -> OrganisationChange? {
        guard let day = point.organisationDay, day != point.asOf else { return nil }
        let asWas = try warehouse.organisation(on: point.asOf, at: point)
        let change = OrganisationChange(from: asWas, to: self)
        return change.isEmpty ? nil : change
    }
}

extension QuestionContext {
    /// The organisation through which the deals of another day are rolled up: that of their day, or the one that was
    /// asked for. So must whoever reads another day beside the one asked for.
    func organisation(on day: Day, _ warehouse: Warehouse) throws(BellwetherError) -> Organisation {
        if day == point.asOf || point.organisationDay != nil { return organisation }
        return try warehouse.organisation(on: day, companyName: company.name, at: point)
    }

    /// Says by name how the organisation by which deals count differs from that of the day read.
    var organisationWarning: [AnswerWarning] {
        guard let change, let day = point.organisationDay else { return [] }
        let companyName = organisation.companyName
        let parts: [(count: Int, one: String, many: String, what: String, names: [String])] = [
            (
                change.movedPeople.count, "person", "people", "in another team",
                change.movedPeople.map { $0.words(top: "no team") }
            ),
            (change.gonePeople.count, "person", "people", "not in it", change.gonePeople),
            (change.newPeople.count, "person", "people", "in it alone", change.newPeople),
            (
                change.movedTeams.count, "team", "teams", "below another",
                change.movedTeams.map { $0.words(top: companyName) }
            ),
            (change.goneTeams.count, "team", "teams", "not in it", change.goneTeams),
            (change.newTeams.count, "team", "teams", "in it alone", change.newTeams),
        ]
        let told = parts.filter { $0.count > 0 }.map { count, one, many, what, names in
            let more = names.count > Self.namesTold ? ", …" : ""
            let told = names.prefix(Self.namesTold).joined(separator: ", ")
            return "\(count) \(count == 1 ? one : many) \(what) (\(told)\(more))"
        }
        return [
            AnswerWarning(
                "organisation_differs",
                "by the organisation of \(day), not that of \(point.asOf): \(told.joined(separator: "; "))")
        ]
    }

    private static let namesTold = 3

    /// What is planned for teams and people that the organisation asked for does not have.
    func lostPlan(_ plan: PlanSelection) -> [AnswerWarning] {
        guard point.organisationDay != nil else { return [] }
        return unknownNodes(plan).map { [$0] } ?? []
    }
}

extension OrganisationChange.Move {
    /// `Tom Iversen: West → East`; `top` stands for no team above.
    fileprivate func words(top: String) -> String { "\(name): \(from ?? top) → \(to ?? top)" }
}
