import Analytics
import Model
import Testing

private func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

private func deal(_ id: String, _ category: ForecastCategory, _ amount: Int?, of owner: String = "1")
    -> BasisDeal
{
    BasisDeal(
        id: key(id), category: category, amount: amount.map { Amount($0) }, owner: key(owner),
        isOwnerKnown: true, team: key("e"))
}

@Suite("What an override stood on")
struct OverrideRotTests {
    private func rot(
        _ amount: Int, calculated: Int? = nil, basis: CallBasis = .cumulative,
        _ category: CallCategory = .commit,
        then: [BasisDeal], now: [BasisDeal]
    ) -> OverrideRot? {
        let call = call("team", "e", amount, by: .override, category, basis: basis, calculated: calculated)
        return OverrideRot(StandingCall(call: call, amount: Amount(amount)), then: then, now: now)
    }

    private let then = [
        deal("a", .closed, 600), deal("b", .commit, 300), deal("c", .commit, 100), deal("d", .bestCase, 50),
    ]

    @Test func `holds while nothing of it changed`() {
        #expect(rot(1_100, then: then, now: then) == nil)
        // What it does not speak of may change.
        #expect(rot(1_100, then: then, now: Array(then.prefix(3))) == nil)
        #expect(rot(1_100, then: then, now: Array(then.prefix(3)) + [deal("d", .pipeline, 50)]) == nil)
    }

    @Test func `has gone where a deal left, closed or changed its category`() throws {
        let now = [deal("a", .closed, 600), deal("b", .closed, 300), deal("d", .bestCase, 50)]
        let left = try #require(rot(1_100, then: then, now: now))
        #expect(
            left.left.map(\.id.id) == ["c"] && left.closed.map(\.id.id) == ["b"] && left.recategorised.isEmpty
        )
        #expect(left.calculatedThen == Amount(1_000) && left.calculatedNow == Amount(900) && !left.hasMoved)
        let down = try #require(
            rot(1_100, then: then, now: then.map { $0.id.id == "c" ? deal("c", .bestCase, 100) : $0 }))
        #expect(down.recategorised.map(\.id.id) == ["c"] && down.left.isEmpty)
        // Best case contains commit: a step up within it is none of these.
        let up = then.map { $0.id.id == "d" ? deal("d", .commit, 50) : $0 }
        #expect(rot(1_100, .bestCase, then: then, now: up) == nil)
        #expect(
            rot(1_100, basis: .exclusive, .bestCase, then: then, now: up)?.recategorised.map(\.id.id) == ["d"]
        )
    }

    /// |1,100 − 1,000| = 100 lets 100 pass; 3 % of 10,000 lets 300 pass.
    @Test(arguments: [
        (1_100, 100, false), (1_100, -100, false), (1_100, 101, true), (1_100, -101, true),
        (1_000, 30, false), (1_000, 31, true), (1_010, 30, false), (1_010, 31, true),
    ])
    func `has moved by more than the override's own size and 3 % of the call`(
        amount: Int, moved: Int, isRotten: Bool
    ) {
        let now = then.map { $0.id.id == "b" ? deal("b", .commit, 300 + moved) : $0 }
        #expect((rot(amount, then: then, now: now) != nil) == isRotten)
        #expect((rot(amount, then: then, now: now)?.hasMoved ?? false) == isRotten)
    }

    @Test func `is what was recorded with it, where it was`() throws {
        let found = try #require(
            rot(1_100, calculated: 700, then: then, now: then + [deal("e", .commit, 200)]))
        #expect(found.calculatedThen == Amount(700) && found.calculatedNow == Amount(1_200) && found.hasMoved)
    }

    @Test func `counts the deals of the node alone`() throws {
        let company = organisation([team("e"), team("n", below: "e"), team("w")], [person("1", in: "e")])
        let deals = [
            deal("a", .commit, 1), deal("b", .commit, 2, of: "2"),
            BasisDeal(
                id: key("c"), category: .commit, amount: nil, owner: key("3"), isOwnerKnown: true,
                team: key("n")),
            BasisDeal(
                id: key("d"), category: .commit, amount: nil, owner: key("4"), isOwnerKnown: true,
                team: key("w")),
            BasisDeal(
                id: key("e"), category: .commit, amount: nil, owner: nil, isOwnerKnown: false,
                team: nil),
        ]
        let basis = try DayBasis(company).holding(deals)
        #expect(basis.deals(of: .team(key("e"))).map(\.id.id) == ["a", "b", "c"])
        #expect(basis.deals(of: .person(key("1"))).map(\.id.id) == ["a"])
        #expect(basis.deals(of: .company).count == 5)
        let owners = basis.owners(of: [.team(key("e")), .person(key("9"))])
        #expect(owners.teams == [key("e"), key("n")] && owners.people == [key("9")] && !owners.isEverybody)
    }
}

@Suite("Whose number a call is")
struct CallDirectoryTests {
    private let directory = CallDirectory(
        Organisation(
            companyName: "Acme",
            teams: [
                Team(id: key("e"), name: "East", parent: nil, lead: key("1")),
                Team(id: key("n"), name: "North", parent: key("e"), lead: key("1")),
                Team(id: key("w"), name: "West", parent: nil, lead: key("2")),
                Team(id: key("s"), name: "South", parent: nil, lead: key("2")),
                Team(id: key("x"), name: "Twin", parent: nil, lead: nil),
                Team(id: key("y"), name: "Twin", parent: nil, lead: nil),
            ],
            people: [person("1", in: "e", "Ann"), person("2", "Bob"), person("3", "Cleo")]))

    @Test func `is found by id, else by a name that only one has`() {
        func node(_ kind: String, _ id: String?) -> CallNode? {
            directory.node(CallTarget(kind: kind, id: id.map(key)))
        }
        #expect(node("company", nil) == .company && node("company", "whatever") == .company)
        #expect(node("team", "e") == .team(key("e")) && node("team", "EAST") == .team(key("e")))
        #expect(node("team", "Twin") == nil && node("team", "Ann") == nil && node("team", nil) == nil)
        #expect(node("person", "3") == .person(key("3")) && node("person", "cleo") == .person(key("3")))
        #expect(node("region", "e") == nil)
        #expect(directory.node(CallTarget(kind: "team", id: RecordID(source: "other", id: "e"))) == nil)
    }

    @Test func `is the team that a lead leads, the topmost, and the person where that is not one`() {
        func lead(_ id: String) -> CallNode? { directory.node(CallTarget(kind: "lead", id: key(id))) }
        #expect(lead("1") == .team(key("e")) && lead("Ann") == .team(key("e")))
        #expect(lead("2") == .person(key("2")) && lead("3") == .person(key("3")) && lead("9") == nil)
    }
}

@Suite("When calls are due")
struct CallDeadlineTests {
    @Test(arguments: [
        (nil, "2026-12-07", "2026-12-01"), ("someday", "2026-12-07", "2026-12-01"),
        // 2026-12-07 is a Monday: its own deadline has passed at its end, Friday's was three days before.
        ("monday", "2026-12-07", "2026-12-01"), ("Friday", "2026-12-07", "2026-11-28"),
        ("fri", "2026-12-11", "2026-12-05"), ("friday", "2026-12-10", "2026-11-28"),
        ("sunday", "2026-12-07", "2026-11-30"),
    ])
    func `counts from the day after the deadline before`(weekday: String?, at: String, from: String) {
        #expect(CallDeadline(weekday: weekday).start(at: day(at)) == day(from))
    }

    @Test func `names the teams of the levels that call`() throws {
        let company = Organisation(
            companyName: "Acme",
            teams: [
                Team(id: key("e"), name: "East", parent: nil, lead: key("1")),
                Team(id: key("n"), name: "North", parent: key("e"), lead: key("1")),
                Team(id: key("w"), name: "West", parent: nil, lead: nil),
                Team(id: key("s"), name: "South", parent: nil, lead: key("2")),
            ], people: [])
        let rollup = try ForecastRollup(cells: [], plan: [], organisation: company)
        func missing(_ calls: [Call]) -> [String] {
            let tree = CallTree(rollup.lines, calls: calls, category: .commit, organisation: company)
            return CallDeadline(weekday: nil).missing(among: tree.lines, at: day("2026-12-07"), in: company)
                .map { "\($0.name) \($0.last?.description ?? "never")\($0.isVacant ? " vacant" : "")" }
        }
        #expect(missing([]).isEmpty)
        #expect(missing([call("company", nil, 1)]).isEmpty)
        #expect(
            missing([
                call("team", "e", 1, on: day("2026-12-01")), call("team", "s", 1, on: day("2026-11-30")),
            ])
                == ["South 2026-11-30", "West never vacant"])
        #expect(missing([call("team", "e", 1, by: .override)]) == ["South never", "West never vacant"])
        #expect(missing([call("team", "n", 1)]).isEmpty)
    }
}
