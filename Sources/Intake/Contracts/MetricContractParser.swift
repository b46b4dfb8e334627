import Model
import Yams

extension MetricContract {
    /// Reads a metric's contract.
    ///
    /// - Parameters:
    ///   - text: YAML, one map.
    ///   - file: The file's path; its name without `.yml` is the id.
    /// - Throws: `BW125` with the place for a contract that lacks a term, has one too many, or says what cannot be.
    public static func parse(text: String, file: String) throws(BellwetherError) -> MetricContract {
        let parser = MetricContractParser(yaml: YAMLText(file: file, subject: "contract"))
        do throws(BellwetherError) {
            return try parser.contract(text)
        } catch {
            // What reads YAML speaks of mappings: the code is the contract's own.
            throw BellwetherError(
                .contractFaulty, error.message, detail: error.detail, hint: error.hint, place: error.place)
        }
    }
}

/// Reads one file of `sql/metrics/`.
struct MetricContractParser {
    let yaml: YAMLText

    private static let required = [
        "id", "version", "name", "family", "question", "formula", "grain", "unit", "timing", "good", "null",
        "minimum_n", "computed_by", "columns",
    ]
    private static let units: Set = [
        "currency", "currency a day", "deals", "rate", "days", "multiple", "points", "count", "people",
        "periods", "meetings", "leads", "index",
    ]

    func contract(_ text: String) throws(BellwetherError) -> MetricContract {
        let root = try yaml.root(of: text)
        let fields = try yaml.fields(root, of: "the contract", keys: Self.required + ["classic"])
        func node(_ name: String) throws(BellwetherError) -> Node {
            if let node = fields[name] { return node }
            throw yaml.error(
                .contractFaulty, "the contract lacks \(name)", at: root,
                hint: "a contract has: \(Self.required.joined(separator: ", "))")
        }
        func words(_ name: String) throws(BellwetherError) -> String {
            try yaml.text(try node(name), of: name)
        }
        let id = try words("id")
        guard Self.isSnakeCase(id), yaml.file.split(separator: "/").last.map(String.init) == "\(id).yml"
        else {
            throw yaml.error(
                .contractFaulty, "the id \(id) is not the file's name in snake case", at: try node("id"))
        }
        let unit = try words("unit")
        guard Self.units.contains(unit) else {
            throw yaml.error(
                .contractFaulty, "unit cannot be \(unit)", at: try node("unit"),
                hint: "it can be: \(Self.units.sorted().joined(separator: ", "))")
        }
        return MetricContract(
            id: id, version: try count("version", try node("version")), name: try words("name"),
            family: try yaml.choice(try node("family"), of: "family"), question: try words("question"),
            formula: try words("formula"), grain: try words("grain"), unit: unit,
            timing: try yaml.choice(try node("timing"), of: "timing"),
            good: try yaml.choice(try node("good"), of: "good"), null: try words("null"),
            minimumCount: try count("minimum_n", try node("minimum_n")),
            computedBy: try computedBy(try node("computed_by")), columns: try columns(try node("columns")),
            classic: try fields["classic"].map { node throws(BellwetherError) in
                try yaml.text(node, of: "classic")
            })
    }

    private func count(_ name: String, _ node: Node) throws(BellwetherError) -> Int {
        guard let count = Int(try yaml.text(node, of: name)), count >= 1 else {
            throw yaml.error(.contractFaulty, "\(name) must be a whole number from 1 on", at: node)
        }
        return count
    }

    /// The views and aggregators: each under the name that its layer has.
    private func computedBy(_ node: Node) throws(BellwetherError) -> [String] {
        let homes = try yaml.texts(node, of: "computed_by")
        for home in homes where !home.hasPrefix("bellwether.") && !home.hasPrefix("Analytics.") {
            throw yaml.error(
                .contractFaulty, "computed_by cannot be \(home)", at: node,
                hint: "write a view as bellwether.name, an aggregator as Analytics.Name")
        }
        return homes
    }

    /// The columns; `[]` for a metric that no answer prints yet.
    private func columns(_ node: Node) throws(BellwetherError) -> [String] {
        if case .sequence(let list) = node, list.isEmpty { return [] }
        let columns = try yaml.texts(node, of: "columns")
        for column in columns where ![1, 3].contains(column.split(separator: ".").count) {
            throw yaml.error(
                .contractFaulty, "columns cannot name \(column)", at: node,
                hint: "write a column's name, or question.table.column")
        }
        guard Set(columns).count == columns.count else {
            throw yaml.error(.contractFaulty, "columns names a column twice", at: node)
        }
        return columns
    }

    private static func isSnakeCase(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 95 }
    }
}
