import Analytics
import Model
import Warehouse

/// The nodes that a question about the past shows, with what they are compared by.
struct ComparedLines {
    /// The lines of the node asked for and below it, its own first.
    let lines: [ForecastLine]
    /// Where each of them is found in the past.
    let places: [NodePlace]

    /// The lines of a rollup of the whole company down to a level. Of who has moved only the line of all deals is kept
    /// when that person is asked for.
    init(_ all: [ForecastLine], _ context: QuestionContext, level: ForecastQuestion.Level) {
        var lines = context.filter.lines(among: all)
        if case .person = lines.first?.node { lines = Array(lines.prefix(1)) }
        // Told before lines are left out: a person stands behind the own team.
        let shown = zip(NodePlace.places(of: lines), lines).filter { $1.isShown(at: level) }
        self.lines = shown.map { $0.1 }
        places = shown.map { $0.0 }
    }

    /// The columns by which every table of nodes begins.
    static let identityColumns = [
        AnswerColumn("node", title: "Node", kind: .text),
        AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
        AnswerColumn("parent", title: "Parent", kind: .text, isDetail: true),
    ]
}

extension ForecastLine {
    /// Whether the line is among those down to a level. Deals without owner or team always keep theirs.
    func isShown(at level: ForecastQuestion.Level) -> Bool {
        if depth == 0 { return true }
        return switch node {
        case .company, .withoutOwner, .withoutTeam: true
        case .team: level != .company
        case .person: level == .person
        case .others: false
        }
    }

    /// The values of the columns node, level and parent.
    var identity: [AnswerValue] {
        [.text(name), .text(levelName), parentName.map { .text($0) } ?? .null]
    }

    /// How its row is drawn.
    var rowStyle: AnswerTable.RowStyle { depth == 0 ? .total : .indented(depth) }
}

extension AnswerValue {
    /// A ratio, or none.
    static func maybe(_ rate: Double?) -> AnswerValue { rate.map { .rate($0) } ?? .null }

    /// An amount, or none.
    static func maybe(_ amount: Amount?) -> AnswerValue { amount.map { .amount($0) } ?? .null }

    /// A count, or none.
    static func maybe(_ count: Int?) -> AnswerValue { count.map { .integer($0) } ?? .null }
}

/// A list of columns in the making: names that programs read, words that people do.
struct ColumnList {
    let currency: String
    private(set) var columns = ComparedLines.identityColumns

    init(_ currency: String) { self.currency = currency }

    mutating func amount(_ name: String, _ title: String, isDetail: Bool = false) {
        columns.append(
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail))
    }

    mutating func multiple(_ name: String, _ title: String, isDetail: Bool = false) {
        columns.append(AnswerColumn(name, title: title, kind: .rate, unit: "x", isDetail: isDetail))
    }

    mutating func share(_ name: String, _ title: String, isDetail: Bool = false) {
        columns.append(AnswerColumn(name, title: title, kind: .rate, unit: "%", isDetail: isDetail))
    }

    mutating func count(_ name: String, _ title: String, unit: String? = nil, isDetail: Bool = false) {
        columns.append(
            AnswerColumn(name, title: title, kind: .integer, unit: unit, isDetail: isDetail))
    }
}
