import Model

/// A value as text, in two pieces that meet at the decimal point: the first is right-aligned,
/// the second left-aligned. Words stand in the first piece alone.
struct Cell: Sendable, Hashable {
    var lead: String
    var tail = ""
    var isNegative = false

    var text: String { lead + tail }
}

/// A column drawn at one scale of money.
struct ColumnText: Sendable {
    /// The words above it, with the unit where the table does not name it once for all.
    let heading: String
    /// Whether it is right-aligned on the decimal point.
    let isNumeric: Bool
    let cells: [Cell]
}

extension AnswerTable {
    /// The rows that programs get: a total would be counted twice by whoever sums a column, so it
    /// stays out unless a column `level` tells it apart.
    var dataRows: [Row] {
        columns.contains { $0.name == "level" } ? rows : rows.filter { $0.style != .total }
    }

    /// The value of a row in a column; absent when the row is short.
    func value(_ row: Row, _ column: Int) -> AnswerValue {
        row.values.indices.contains(column) ? row.values[column] : .null
    }

    /// The columns that people see; the others are detail for CSV and JSON.
    var visibleColumns: [Int] {
        columns.indices.filter { !columns[$0].isDetail }
    }

    /// The same with its spare columns in sight; nil without any.
    var withSpareColumns: AnswerTable? {
        guard columns.contains(where: { $0.isDetail && $0.isSpare }) else { return nil }
        var whole = self
        for index in columns.indices where columns[index].isSpare { whole.columns[index].isDetail = false }
        return whole
    }

    /// The currency of all visible money, when two columns and more share one: it is then named
    /// once above the table rather than above each column.
    var sharedCurrency: String? {
        let units = visibleColumns.map { columns[$0] }
            .filter { $0.kind == .amount && MoneyScale.isCurrency($0.unit) }.map(\.unit)
        guard let first = units.first, units.count > 1, units.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// The scales that suit the visible money, best first.
    func moneyScales(exact: Bool) -> [MoneyScale] {
        let money = visibleColumns.filter { MoneyScale.isCurrency(columns[$0].unit) }
        let amounts = rows.flatMap { row in
            money.compactMap { column -> Amount? in
                if case .amount(let amount) = value(row, column) { amount } else { nil }
            }
        }
        return MoneyScale.ladder(for: amounts, exact: exact || isExact)
    }

    /// The line above the table: its title and the unit of its money.
    func caption(_ scale: MoneyScale, separator: String) -> String? {
        let words = [title?.gluedText(exact: scale == .exact), sharedCurrency.map(scale.unit)]
        let known = words.compactMap(\.self)
        return known.isEmpty ? nil : known.joined(separator: separator)
    }

    /// A column with its cells drawn.
    func columnText(_ index: Int, scale: MoneyScale, symbols: Symbols) -> ColumnText {
        let column = columns[index]
        let drawing = CellDrawing(
            unit: column.unit, scale: scale, symbols: symbols, places: ratePlaces(index))
        return ColumnText(
            heading: heading(column, scale).harmless(symbols),
            isNumeric: [.integer, .amount, .rate, .measure].contains(column.kind),
            cells: rows.map { drawing.cell(value($0, index)) })
    }

    private func heading(_ column: AnswerColumn, _ scale: MoneyScale) -> String {
        guard let unit = column.unit, column.kind != .rate else { return column.title }
        if column.kind == .amount, MoneyScale.isCurrency(unit) {
            return sharedCurrency == nil ? joined(column.title, scale.unit(unit)) : column.title
        }
        // "Deals, deals" says nothing more than "Deals".
        return column.title.lowercased().contains(unit.lowercased())
            ? column.title : joined(column.title, unit)
    }

    private func joined(_ title: String, _ unit: String) -> String {
        title.isEmpty ? unit : "\(title), \(unit)"
    }

    /// The decimals of a column of rates: one for multiples, two when one is below 1; see
    /// `percentPlaces` for shares.
    private func ratePlaces(_ index: Int) -> Int {
        guard columns[index].kind == .rate else { return 0 }
        let rates = rows.compactMap { row -> Double? in
            if case .rate(let rate) = value(row, index), rate.isFinite { rate } else { nil }
        }
        switch columns[index].unit {
        case "%": return percentPlaces(rates)
        case "x": return multiplePlaces(rates)
        default: return 2
        }
    }
}

/// How the values of one column become text.
private struct CellDrawing {
    let unit: String?
    let scale: MoneyScale
    let symbols: Symbols
    let places: Int

    func cell(_ value: AnswerValue) -> Cell {
        switch value {
        case .null: Cell(lead: symbols.absent)
        case .text(let text): Cell(lead: text.harmless(symbols))
        case .integer(let number): Cell(lead: NumberText.grouped(number), isNegative: number < 0)
        case .amount(let amount): number(amountText(amount))
        case .rate(let rate): self.rate(rate)
        case .day(let day): Cell(lead: day.description)
        case .boolean(let isTrue): Cell(lead: isTrue ? "yes" : "no")
        case .measure(let measure): self.measure(measure)
        case .trend(let values): Cell(lead: sparkline(values, symbols: symbols))
        }
    }

    /// Only money is shortened; any other decimal, such as an exchange rate, stays exact.
    private func amountText(_ amount: Amount) -> String {
        MoneyScale.isCurrency(unit) ? scale.text(amount) : NumberText.exact(amount)
    }

    /// Numbers of several units do not share a decimal point: each stands whole at the right.
    private func measure(_ measure: Measure) -> Cell {
        let cell: Cell
        switch measure.number {
        case .amount(let amount):
            let currency = measure.unit ?? ""
            let phrase = Phrase(parts: [.amount(amount, currency)])
            cell = Cell(lead: phrase.gluedText(exact: scale == .exact), isNegative: amount < .zero)
        case .count(let count):
            let unit = measure.unit.map { glue + $0 } ?? ""
            cell = Cell(lead: NumberText.grouped(count) + unit, isNegative: count < 0)
        case .rate(let rate):
            let places = measure.unit == "%" ? 0 : 1
            let drawing = CellDrawing(
                unit: measure.unit, scale: scale, symbols: symbols, places: places)
            let bare = drawing.rate(rate)
            let isDrawn = measure.unit == "%" || measure.unit == "x"
            let unit = isDrawn ? "" : measure.unit.map { glue + $0 } ?? ""
            cell = Cell(lead: bare.text + unit, isNegative: bare.isNegative)
        }
        return Cell(lead: cell.text, isNegative: cell.isNegative)
    }

    private func rate(_ rate: Double) -> Cell {
        let text: String?
        let suffix: String
        switch unit {
        case "%": (text, suffix) = (NumberText.decimal(rate * 100, places: places), " %")
        case "x": (text, suffix) = (NumberText.decimal(rate, places: places), " " + symbols.times)
        default: (text, suffix) = (NumberText.decimal(rate, places: places), "")
        }
        guard let text else { return Cell(lead: symbols.absent) }
        return number(text, suffix: suffix)
    }

    private func number(_ text: String, suffix: String = "") -> Cell {
        let point = text.firstIndex(of: ".") ?? text.endIndex
        return Cell(
            lead: String(text[..<point]), tail: text[point...] + suffix,
            isNegative: text.hasPrefix("-"))
    }
}
