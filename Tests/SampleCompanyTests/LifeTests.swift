import Model
import Testing

@testable import SampleCompany

/// A deal's life as a value.
@Suite struct LifeTests {
    private func deals(_ options: SampleOptions = SampleOptions()) throws -> [DealLife] {
        let company = try Company(options)
        var deals: [DealLife] = []
        company.forEachDeal(on: Frame.end - 1) { deals.append($0) }
        return deals
    }

    @Test func `every life is in order, begins at creation and ends once`() throws {
        for deal in try deals() {
            let moments = deal.changes.map { Int($0.day.number) * 1440 + $0.minute }
            #expect(moments == moments.sorted(), "\(deal.id)")
            #expect(deal.changes.first?.day == deal.created, "\(deal.id)")
            #expect(deal.state(on: deal.created - 1) == nil)
            let ends = deal.changes.filter {
                if case .stage(let stage) = $0.field { !stage.isOpen } else { false }
            }
            // A loss that was none, and a win that was none.
            let isReopened = ["D0000024", "D0000028"].contains(deal.id)
            #expect(ends.count == (isReopened ? 2 : 1), "\(deal.id)")
            #expect(ends.last?.day == deal.changes.last?.day, "\(deal.id): a change after the end")
        }
    }

    @Test func `what counts changes on working days only`() throws {
        for deal in try deals() {
            for change in deal.changes where !WorkDays.contains(change.day) {
                guard case .nextStep = change.field else {
                    Issue.record("\(deal.id) \(change)")
                    continue
                }
            }
        }
    }

    @Test func `no change says what was so already`() throws {
        for deal in try deals() {
            var state = DealState()
            for (index, change) in deal.changes.enumerated() {
                let before = state
                state.apply(change.field)
                #expect(index == 0 || state != before, "\(deal.id) \(change)")
            }
        }
    }

    @Test func `states between two days are those of the single days`() throws {
        let range = Frame.day(2026, 11, 16)...Frame.present
        for deal in try deals().prefix(600) {
            var seen: [DealState] = []
            _ = deal.days(range) { state in
                if seen.last != state { seen.append(state) }
                return true
            }
            var expected: [DealState] = []
            var day = range.lowerBound
            while day <= range.upperBound {
                if let state = deal.state(on: day), expected.last != state { expected.append(state) }
                day = day + 1
            }
            #expect(seen == expected, "\(deal.id)")
        }
    }

    @Test func `the slip is an edit of Friday at 17:40 without activity around it`() throws {
        let company = try Company(SampleOptions())
        let brightwater = try #require(company.plantedDeals.first { $0.name.hasPrefix("Brightwater") })
        let slip = brightwater.changes.filter { $0.day > Frame.day(2026, 11, 13) && $0.day <= Frame.present }
        #expect(
            slip == [
                DealChange(
                    day: Frame.day(2026, 12, 4), minute: 17 * 60 + 40,
                    field: .closeDate(Frame.day(2027, 1, 22)))
            ])
    }

    @Test func `a rewritten field takes the new values and leaves the others`() {
        let day = Frame.day(2026, 5, 4)
        var deal = DealLife(
            number: 1, name: "A", account: 1, team: .east, productID: "HX-100", type: "new",
            leadSource: "Website", created: day,
            changes: [
                DealChange(day: day + 9, minute: 600, field: .amount(300)),
                DealChange(day: day, minute: 600, field: .stage(.prospecting)),
                DealChange(day: day, minute: 600, field: .amount(100)),
                DealChange(day: day + 4, minute: 600, field: .amount(200)),
                DealChange(day: day + 4, minute: 600, field: .stage(.solution)),
                DealChange(day: day + 5, minute: 600, field: .stage(.solution)),
            ])
        // Sorted, and without the change that changes nothing.
        #expect(deal.changes.count == 5)
        deal.rewrite(
            from: day + 1, to: day + 8,
            with: [DealChange(day: day + 6, minute: 60, field: .amount(150))])
        #expect(deal.state(on: day + 4)?.amount == 100)
        #expect(deal.state(on: day + 4)?.stage == .solution)
        #expect(deal.state(on: day + 6)?.amount == 150)
        #expect(deal.state(on: day + 9)?.amount == 300)
        deal.reschedule(from: day + 9, to: day + 11)
        #expect(deal.state(on: day + 10)?.amount == 150)
        #expect(deal.state(on: day + 11)?.amount == 300)
    }

    @Test func `history has eleven closed quarters with wins in each`() throws {
        let deals = try deals()
        var quarter = Frame.calendar.period(.quarter, containing: Frame.historyStart)
        var count = 0
        while quarter.start < Frame.quarter.start {
            let won = deals.filter { $0.state(on: quarter.end - 1)?.column(in: quarter) == .closed }
            #expect(won.count > 25, "\(quarter.label)")
            count += 1
            quarter = Frame.calendar.period(after: quarter)
        }
        #expect(count == 11)
    }

    @Test func `wins crowd at the end of quarters`() throws {
        let ends = try deals(
            SampleOptions.plain(deals: 20_000)
        ).compactMap { deal in deal.changes.first { $0.field == .stage(.won) }?.day }
        let late = ends.filter { Frame.calendar.period(.quarter, containing: $0).end - $0 <= 15 }
        // 15 of about 91 days are 16 %.
        let share = Double(late.count) / Double(ends.count)
        #expect(share > 0.25)
        #expect(share < 0.45)
    }
}

extension SampleOptions {
    static func plain(deals: Int) -> SampleOptions {
        var options = SampleOptions()
        options.isPlain = true
        options.deals = deals
        return options
    }
}
