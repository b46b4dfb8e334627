import Analytics
import Model
import Warehouse

extension MovementWords {
    /// The deals to be named: those that explain most of it, or all.
    func listed(all: Bool) -> [MovedDeal] {
        var weighed = read.movement.deals.map {
            ($0, weight: $0.steps.map(\.amount.magnitude).max() ?? .zero)
        }
        // Of a hundred thousand few are named: only what may be among them is put in order.
        if !all, weighed.count > ChangesQuestion.fewDeals {
            let least = weighed.map(\.weight).sorted(by: >)[ChangesQuestion.fewDeals - 1]
            weighed.removeAll { $0.weight < least }
        }
        let sorted = weighed.map { ($0.0, $0.weight, read.pairs[$0.0.index].id) }
            .sorted { ($1.1, $0.2) < ($0.1, $1.2) }.map(\.0)
        return all ? sorted : Array(sorted.prefix(ChangesQuestion.fewDeals))
    }

    /// Each of them with its bucket, a row a bucket where it has two; no table where nothing moved.
    func dealTable(_ listed: [MovedDeal], _ names: [RecordID: DealName], all: Bool) -> [AnswerTable] {
        let deals = read.movement.deals
        guard !deals.isEmpty else { return [] }
        let steps = listed.flatMap { deal in deal.steps.map { (deal, $0) } }
            .sorted { left, right in
                let (one, other) = (left.1.amount.magnitude, right.1.amount.magnitude)
                if one != other { return one > other }
                let (id, otherID) = (read.pairs[left.0.index].id, read.pairs[right.0.index].id)
                if id != otherID { return id < otherID }
                return left.1.bucket.rawValue < right.1.bucket.rawValue
            }
        let few = all ? steps : Array(steps.prefix(ChangesQuestion.fewDeals))
        let total = deals.reduce(0) { $0 + $1.steps.count }
        return [
            AnswerTable(
                name: "deals",
                title: all || few.count == total ? "The deals that moved" : "The deals that moved it most",
                columns: [
                    AnswerColumn("deal", title: "Deal", kind: .text),
                    AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
                    AnswerColumn("id", title: "Id", kind: .text, isDetail: true),
                    AnswerColumn("movement", title: "Movement", kind: .text),
                    AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
                    AnswerColumn("owner", title: "Owner", kind: .text),
                    AnswerColumn("was", title: "Was", kind: .text),
                    AnswerColumn("is", title: "Is", kind: .text),
                    AnswerColumn("account", title: "Account", kind: .text, isDetail: true),
                    AnswerColumn("bucket", title: "Bucket", kind: .text, isDetail: true),
                    AnswerColumn("start", title: "Start", kind: .amount, unit: currency, isDetail: true),
                    AnswerColumn("end", title: "End", kind: .amount, unit: currency, isDetail: true),
                    AnswerColumn("from_category", title: "From", kind: .text, isDetail: true),
                    AnswerColumn("to_category", title: "To", kind: .text, isDetail: true),
                    AnswerColumn("from_stage", title: "Stage then", kind: .text, isDetail: true),
                    AnswerColumn("to_stage", title: "Stage now", kind: .text, isDetail: true),
                    AnswerColumn("close_date_then", title: "Close date then", kind: .day, isDetail: true),
                    AnswerColumn("close_date", title: "Close date", kind: .day, isDetail: true),
                    AnswerColumn("merged_into", title: "Merged into", kind: .text, isDetail: true),
                ],
                rows: few.map { row($0.0, $0.1, names) },
                totalRows: few.count < total ? total : nil)
        ]
    }

    private func row(
        _ deal: MovedDeal, _ step: MovedDeal.Step, _ names: [RecordID: DealName]
    ) -> AnswerTable.Row {
        let pair = read.pairs[deal.index]
        let name = names[pair.id]
        func text(_ value: String?) -> AnswerValue { value.map { .text($0) } ?? .null }
        func day(_ value: Day?) -> AnswerValue { value.map { .day($0) } ?? .null }
        func state(_ side: DealSide?) -> FlowState {
            side.map { FlowState($0, in: context.period) } ?? .absent
        }
        let isHandedOver = pair.before?.holder.owner != pair.after?.holder.owner
        let was = standing(pair.before, step.bucket, isHandedOver)
        let now = standing(pair.after, step.bucket, isHandedOver)
        let survivor: String? = if case .merged(let into) = pair.absence { into } else { nil }
        return AnswerTable.Row([
            .text(name?.name ?? pair.id.id), .text(pair.id.source), .text(pair.id.id),
            .text(step.bucket.title(in: measure)), .amount(step.amount), text(name?.owner),
            text(was), text(now), text(name?.account),
            .text(step.bucket.code), .maybe(deal.start), .maybe(deal.end), .text(state(pair.before).code),
            .text(state(pair.after).code), text(pair.before?.stage), text(pair.after?.stage),
            day(pair.before?.closeDate), day(pair.after?.closeDate), text(survivor),
        ])
    }

    /// How a deal stood, in what the bucket is about: whose it was, the close date, else the category or outcome; nil
    /// where it is about money alone.
    private func standing(
        _ side: DealSide?, _ bucket: MovementBucket, _ isHandedOver: Bool
    ) -> String? {
        guard let side else { return nil }
        switch bucket {
        case .movedIn, .movedOut:
            let holder = side.holder
            if isHandedOver { return holder.owner.map { read.personNames[$0] ?? $0.id } ?? "unassigned" }
            return holder.team.map { read.teamNames[$0] ?? $0.id } ?? "no team"
        case .slipped, .pulledIn, .pulledOut, .pushedIn: return side.closeDate?.description ?? "undated"
        case .amountUp, .amountDown, .currency: return nil
        default: break
        }
        return switch side.kind {
        case .open: side.category.title
        case .won: "Won"
        case .lost: "Lost"
        case .noDecision: "No decision"
        }
    }
}
