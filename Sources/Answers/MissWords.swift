import Analytics
import Model

/// What is said of the way from a call to the bookings.
struct MissWords {
    let way: MissWay
    let week: Int

    private var currency: String { way.end.company.currency }
    private var numbers: MissNumbers? { way.lines.first.map { way.numbers(of: $0, at: way.top) } }

    var headline: Phrase {
        guard let line = way.lines.first, let numbers else { return "Nothing to show" }
        let called: Phrase = way.hasCalls ? "called" : "in closed + commit, without a call,"
        let start: Phrase = """
            \(line.name) \(way.end.period.label): \(numbers.call, currency) \(called) by \(way.then.point.asOf), the end \
            of week \(week); \(numbers.booked.amount, currency) closed\(suffix)
            """
        let parts = reasons(numbers)
        guard !parts.isEmpty else { return "\(start), as called" }
        let list = parts.dropFirst().reduce(parts.first ?? "") { "\($0), \($1)" }
        return "\(start), \(difference(numbers.miss)): \(list)"
    }

    private var suffix: Phrase {
        way.freeze == nil ? " so far, as of \(way.end.point.asOf)" : ""
    }

    private func difference(_ miss: Amount) -> Phrase {
        if miss < .zero { return "\(-miss, currency) less" }
        return miss > .zero ? "\(miss, currency) more" : "as much as called"
    }

    /// The reasons, each once: what was no deal, what fell out, what changed, what came from outside.
    private func reasons(_ numbers: MissNumbers) -> [Phrase] {
        var reasons: [Phrase] = []
        if numbers.judgement != .zero { reasons.append("judgement \(signed(numbers.judgement))") }
        for (steps, what) in Self.told {
            let sum = numbers.sum(steps)
            guard sum.count > 0 else { continue }
            reasons.append("\(sum.count) \(what) \(signed(sum.amount))")
        }
        return reasons
    }

    private static let told: [([MissStep], String)] = [
        ([.slipped], "slipped"), ([.pulledOut], "left for an earlier period"), ([.lost], "lost"),
        ([.gone], "gone"), ([.reopened], "reopened"),
        ([.stillOpen], "still open"), ([.closedBelow], "closed below"), ([.closedAbove], "closed above"),
        ([.currency], "moved by currency"), ([.movedOut], "handed over"), ([.movedIn], "taken over"),
        (MissStep.fromOutside, "won from outside commit"),
    ]

    private func signed(_ amount: Amount) -> Phrase {
        amount > .zero ? "+\(amount, currency)" : "\(amount, currency)"
    }

    // MARK: - What the reader should know

    var warnings: [AnswerWarning] {
        var warnings: [AnswerWarning] = []
        if !way.hasCalls {
            warnings.append(
                AnswerWarning(
                    "nobody_called",
                    "nobody had called by \(way.then.point.asOf): what the deals said stands for it"))
        }
        if let freeze = way.freeze {
            warnings.append(
                AnswerWarning(
                    "period_frozen",
                    "both days as known at load \(freeze.load), when the period was frozen; `bellwether restatements --period \(way.end.period.label)` tells what changed since"
                ))
        } else if way.end.period.lastDay < way.end.point.asOf {
            warnings.append(
                AnswerWarning("not_frozen", "the period is over and not frozen yet: figures may still move"))
        }
        return warnings
    }

    /// The first node whose way does not add up.
    var failure: BellwetherError? {
        missFailure(
            zip(way.lines, NodePlace.places(of: way.lines)).map { line, place in
                (line.name, way.numbers(of: line, at: place).residual)
            }, currency)
    }
}

/// What ends the command when the way of a node from call to bookings leaves something over; nil when none does.
public func missFailure(_ residuals: [(node: String, amount: Amount)], _ currency: String) -> BellwetherError?
{
    residuals.first { $0.amount != .zero }.map { node, residual in
        BellwetherError(
            .bridgeOpen,
            "the way from call to actual of \(node) does not add up: \(residual) \(currency) is left over",
            hint:
                "Run it again with --as-known and a load's number; if it stays, report it with the answer as json."
        )
    }
}
