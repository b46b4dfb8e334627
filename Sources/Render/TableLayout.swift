import Model

/// A table made to fit a width: which columns, how wide, at which scale of money.
struct TableLayout: Sendable {
    /// One column in its place.
    struct Column: Sendable {
        /// The words above it, in lines.
        var heading: [String]
        var cells: [Cell]
        let isNumeric: Bool
        /// Days: half a day says nothing, so it is never cut.
        let isDay: Bool
        /// Cells before and after the decimal point.
        let leadWidth: Int
        let tailWidth: Int
        var width: Int
    }

    let scale: MoneyScale
    var columns: [Column]
    /// The titles of the columns that found no room.
    var dropped: [String] = []
    /// Whether texts were cut to make room.
    var isCut = false

    var width: Int {
        columns.map(\.width).reduce(0, +) + Self.gap * max(0, columns.count - 1)
    }

    static let gap = 2
    /// A text column is cut to no less than this.
    private static let leastText = 8

    /// The table within `width` cells, with its spare columns where none of the others gives way for them.
    static func fitting(_ table: AnswerTable, width: Int, symbols: Symbols, exact: Bool) -> TableLayout {
        let plain = fittingAll(table, width: width, symbols: symbols, exact: exact)
        guard let whole = table.withSpareColumns else { return plain }
        let roomy = fittingAll(whole, width: width, symbols: symbols, exact: exact)
        let isRoomy =
            roomy.dropped.isEmpty && !roomy.isCut && roomy.scale == plain.scale
            && whole.sharedCurrency == table.sharedCurrency
        return isRoomy ? roomy : plain
    }

    /// All of the table within `width` cells. What costs least is tried first: headings in several
    /// lines, shorter money, cut text, and at last columns are left out.
    private static func fittingAll(
        _ table: AnswerTable, width: Int, symbols: Symbols, exact: Bool
    ) -> TableLayout {
        let visible = table.visibleColumns
        let drawn = table.moneyScales(exact: exact).map { scale in
            (scale, visible.map { column(table, $0, scale: scale, symbols: symbols) })
        }
        let order = dropOrder(visible.map { table.columns[$0].kind })
        for count in 0..<max(1, visible.count) {
            let gone = Set(order.prefix(count))
            let kept = visible.indices.filter { !gone.contains($0) }
            let whole = drawn.map { drawing in
                TableLayout(scale: drawing.0, columns: kept.map { drawing.1[$0] })
            }
            let folded = whole.map { $0.folded(to: width) }
            var found = (whole.prefix(1) + folded).first { $0.width <= width }
            if found == nil, let narrowest = folded.min(by: { $0.width < $1.width }) {
                found = narrowest.cut(to: width, symbols: symbols, isLast: kept.count == 1)
            }
            if var found {
                found.dropped = gone.sorted().map { table.columns[visible[$0]].title }
                return found
            }
        }
        return TableLayout(scale: .units, columns: [])
    }

    /// The order in which columns give way: words before figures and days, from the right; the
    /// first column, which names the row, never.
    private static func dropOrder(_ kinds: [AnswerColumn.Kind]) -> [Int] {
        let candidates = kinds.indices.dropFirst().reversed()
        let isWords = { (index: Int) in [.text, .boolean].contains(kinds[index]) }
        return candidates.filter(isWords) + candidates.filter { !isWords($0) }
    }

    private static func column(
        _ table: AnswerTable, _ index: Int, scale: MoneyScale, symbols: Symbols
    ) -> Column {
        let text = table.columnText(index, scale: scale, symbols: symbols)
        var cells = text.cells
        if index == table.visibleColumns.first, !text.isNumeric {
            for (row, style) in table.rows.map(\.style).enumerated() {
                guard case .indented(let level) = style, !cells[row].lead.isEmpty else { continue }
                cells[row].lead = String(repeating: "  ", count: min(max(level, 0), 10)) + cells[row].lead
            }
        }
        let lead = cells.map(\.lead.displayWidth).max() ?? 0
        let tail = cells.map(\.tail.displayWidth).max() ?? 0
        return Column(
            heading: [text.heading], cells: cells, isNumeric: text.isNumeric,
            isDay: table.columns[index].kind == .day, leadWidth: lead,
            tailWidth: tail, width: max(text.heading.displayWidth, lead + tail))
    }

    /// The same with headings broken at blanks, the widest first, until it fits or none is left.
    private func folded(to limit: Int) -> TableLayout {
        var folded = self
        let least = columns.map { column in
            let words = column.heading.flatMap { $0.split(separator: " ") }
            return max(column.leadWidth + column.tailWidth, words.map { String($0).displayWidth }.max() ?? 0)
        }
        while folded.width > limit {
            let slack = { (index: Int) in folded.columns[index].width - least[index] }
            guard let widest = columns.indices.max(by: { slack($0) < slack($1) }), slack(widest) > 0 else {
                break
            }
            let heading = columns[widest].heading.flatMap { $0.wrapped(to: folded.columns[widest].width - 1) }
            folded.columns[widest].heading = heading
            folded.columns[widest].width = max(least[widest], heading.map(\.displayWidth).max() ?? 0)
        }
        return folded
    }

    /// The same with its text columns cut until it fits, the widest first; nil when that is not
    /// enough, unless it is the last column, which is cut by force.
    private func cut(to limit: Int, symbols: Symbols, isLast: Bool) -> TableLayout? {
        var cut = self
        var excess = width - limit
        while excess > 0 {
            let widest = cut.columns.indices
                .filter {
                    !cut.columns[$0].isNumeric && !cut.columns[$0].isDay
                        && cut.columns[$0].width > Self.least($0, limit)
                }
                .max { cut.columns[$0].width < cut.columns[$1].width }
            guard let widest else { break }
            cut.columns[widest].width -= 1
            excess -= 1
        }
        if excess > 0 {
            guard isLast else { return nil }
            cut.columns[0].width = limit
        }
        for index in cut.columns.indices where cut.columns[index].width < columns[index].width {
            cut.columns[index].cutCells(symbols)
            cut.isCut = true
        }
        return cut
    }

    /// The first column, which names the row, keeps a fifth of the line.
    private static func least(_ index: Int, _ limit: Int) -> Int {
        index == 0 ? max(12, min(20, limit / 5)) : leastText
    }
}

extension TableLayout.Column {
    /// Cuts text to the width. A number is never cut, since what is left would be another
    /// number: it is crossed out, as spreadsheets do.
    fileprivate mutating func cutCells(_ symbols: Symbols) {
        for row in cells.indices where cells[row].text.displayWidth > width {
            cells[row].lead =
                isNumeric
                ? String(repeating: "#", count: width)
                : cells[row].lead.truncated(to: width, ellipsis: symbols.ellipsis)
            cells[row].tail = ""
        }
        heading = heading.map { $0.truncated(to: width, ellipsis: symbols.ellipsis) }
    }
}
