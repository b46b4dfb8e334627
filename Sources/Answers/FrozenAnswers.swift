import Analytics
import Model
import Warehouse

extension ForecastQuestion {
    /// The period as frozen, beside what was restated; nil where it is not to be shown so.
    func frozenAnswer(from warehouse: Warehouse) throws(BellwetherError) -> Answer? {
        guard let frozen = try scope.frozenPeriod(reading, warehouse) else { return nil }
        let lines = try frozen.lines(level: level)
        let words = RestatementWords(
            frozen: frozen, node: frozen.top(lines), name: lines.first?.name ?? frozen.now.company.name)
        var question = ForecastQuestion(scope: scope.frozen(frozen), level: level)
        question.frozen = words
        var answer = try question.answerAsOfDay(from: warehouse)
        answer.warnings += words.warnings(isTold: true)
        if !frozen.restatements.changes(in: words.node).isEmpty {
            answer.tables.append(RestatementTables(frozen: frozen, lines: lines, words: words).nodes)
            answer.passport.metrics.append("restatement/1")
        }
        answer.passport.filters += frozen.filters
        return answer
    }
}

extension DealsQuestion {
    /// The deals of the period as frozen; nil where they are not to be shown so.
    func frozenAnswer(from warehouse: Warehouse) throws(BellwetherError) -> Answer? {
        guard let frozen = try scope.frozenPeriod(reading, warehouse) else { return nil }
        let lines = try frozen.lines(level: .company)
        let words = RestatementWords(
            frozen: frozen, node: frozen.top(lines), name: lines.first?.name ?? frozen.now.company.name)
        var question = self
        question.scope = scope.frozen(frozen)
        var answer = try question.answerAsOfDay(from: warehouse)
        answer.warnings += words.warnings(isTold: false)
        answer.passport.filters += frozen.filters
        return answer
    }
}

extension QuestionScope {
    /// The frozen period of the scope, where it is to be shown as frozen.
    ///
    /// - Throws: `BW590` when it is asked for and not frozen, `BW506` when it is asked for by another organisation.
    func frozenPeriod(
        _ reading: PeriodReading, _ warehouse: Warehouse
    ) throws(BellwetherError) -> FrozenPeriod? {
        guard reading != .current else { return nil }
        guard isAsWas else {
            if reading == .frozen { throw RestatementsQuestion.notAsWas }
            return nil
        }
        let now = try resolve(in: warehouse)
        guard let freeze = try now.freezePoint(warehouse) else {
            if reading == .frozen { throw try now.notFrozen(warehouse) }
            return nil
        }
        return try FrozenPeriod(freeze, self, now, warehouse)
    }

    /// The same part of the organisation at the point at which a period is frozen.
    func frozen(_ period: FrozenPeriod) -> QuestionScope {
        var scope = self
        scope.asOf = period.freeze.day
        scope.asKnown = String(period.freeze.load)
        scope.period = period.now.period.label
        return scope
    }
}

extension FrozenPeriod {
    /// What a passport says of a frozen reading, beside its day and load: with which day and load it was compared.
    var filters: [Passport.Filter] {
        [
            .init("frozen_on", freeze.freezeDay.description),
            .init("restated_as_of", now.point.asOf.description),
            .init("restated_as_known", String(now.point.load)),
        ]
    }
}
