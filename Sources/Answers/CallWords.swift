import Model

/// Reads an amount as a person types it: digits with an optional point, and k, M or bn behind.
///
/// - Throws: `BW506` for anything else, for less than nothing, and for what is too large to be one.
func callAmount(_ text: String) throws(BellwetherError) -> Amount {
    let units: [(suffix: String, factor: Int)] = [
        ("bn", 1_000_000_000), ("k", 1_000), ("m", 1_000_000), ("", 1),
    ]
    let lowered = text.trimmed.lowercased()
    for (suffix, factor) in units where lowered.hasSuffix(suffix) {
        let digits = String(lowered.dropLast(suffix.count)).trimmed
        guard let number = Amount(digits), number.magnitude < .limit else { break }
        let amount = number.multiplied(by: Amount(factor))
        guard amount >= .zero else {
            throw BellwetherError(
                .badOption, "“\(text)” is less than nothing, which nobody can call",
                hint: "Take a call back with: bellwether call reset")
        }
        guard amount < .limit else { break }
        return amount
    }
    throw BellwetherError(
        .badOption, "“\(text)” is no amount",
        hint: "Write 2450000, 2450000.50 or 2.45M: digits with a point before decimals, no grouping.")
}

/// Reads a currency's code.
///
/// - Throws: `BW506` for what is none.
func currencyCode(_ text: String) throws(BellwetherError) -> String {
    let code = text.uppercased()
    guard code.utf8.count == 3, code.utf8.allSatisfy({ (65...90).contains($0) }) else {
        throw BellwetherError(
            .badOption, "“\(text)” is no currency", hint: "Write three letters, such as EUR.")
    }
    return code
}

extension String {
    /// Without blanks at its ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension Organisation {
    /// The node of a name or id: `company` or the company's name, a team, a person.
    ///
    /// - Throws: `BW520` with the nearest names when there is none, or several of that name.
    func callNode(named name: String) throws(BellwetherError) -> (node: CallNode, name: String) {
        let wanted = name.lowercased()
        if wanted == "company" || wanted == companyName.lowercased() { return (.company, companyName) }
        let teams = teams.filter { $0.name.lowercased() == wanted || $0.id.isWritten(name) }
            .map { (node: CallNode.team($0.id), name: $0.name, id: $0.id) }
        let people = people.filter { $0.name.lowercased() == wanted || $0.id.isWritten(name) }
            .map { (node: CallNode.person($0.id), name: $0.name, id: $0.id) }
        let found = try NodeFilter.single(
            teams + people, .unknownNode, "team or person", name, ids: (teams + people).map(\.id),
            names: self.teams.map(\.name) + self.people.map(\.name))
        return (found.node, found.name)
    }

    /// The person of a name or id.
    ///
    /// - Throws: `BW503` with the nearest names when there is none, or several of that name.
    func caller(named name: String) throws(BellwetherError) -> Person {
        let found = people.filter { $0.name.lowercased() == name.lowercased() || $0.id.isWritten(name) }
        return try NodeFilter.single(
            found, .unknownPerson, "person", name, ids: found.map(\.id), names: people.map(\.name))
    }

    /// A person's name; the id, which may be a name, for who is not there.
    func name(of person: RecordID?) -> AnswerValue {
        guard let person else { return .null }
        return .text(people.first { $0.id == person }?.name ?? person.id)
    }
}
