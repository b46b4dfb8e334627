import Model
import Render
import Testing

/// Whole screens, as a person sees them.
@Suite struct `A screen` {
    @Test func `of 120 cells shows everything`() {
        #expect(
            screen(Samples.forecast, 120) == """
                The call is 7.10 M USD, 0.10 M USD under budget; deals support 6.40 M USD (90 % of it)

                FY2026Q4 · USD millions
                Team          Closed  Commit  Best case  Pipeline  Call  Budget    Gap  Attainment  Coverage to go
                ──────────────────────────────────────────────────────────────────────────────────────────────────
                East            1.65    0.70       0.45      0.60  2.55    2.40  -0.15        69 %           2.3 ×
                  Dana Ortiz    0.40    0          0.15      –     –       –      –            –             –
                West            1.50    0.60       0.55      0.80  –       2.40   0.30        63 %           2.2 ×
                EMEA            0.95    1.00       0.60      0.80  2.45    2.40  -0.05        40 %           1.7 ×
                ──────────────────────────────────────────────────────────────────────────────────────────────────
                Company         4.10    2.30       1.60      2.20  7.10    7.20   0.10        57 %           2.0 ×
                West called nothing; its deals are counted.

                ! EMEA's call of 2026-11-16 rests on 2.55 M USD of deals; they say 1.95 M USD now

                as of 2026-12-07 · load 119 · 1,234 rows · forecast/1

                """)
    }

    @Test func `of 80 cells folds headings and leaves out the last column`() {
        #expect(
            screen(Samples.forecast, 80) == """
                The call is 7.10 M USD, 0.10 M USD under budget; deals support 6.40 M USD (90 %
                of it)

                FY2026Q4 · USD millions
                                              Best
                Team          Closed  Commit  case  Pipeline  Call  Budget    Gap  Attainment
                ─────────────────────────────────────────────────────────────────────────────
                East            1.65    0.70  0.45      0.60  2.55    2.40  -0.15        69 %
                  Dana Ortiz    0.40    0     0.15      –     –       –      –            –
                West            1.50    0.60  0.55      0.80  –       2.40   0.30        63 %
                EMEA            0.95    1.00  0.60      0.80  2.45    2.40  -0.05        40 %
                ─────────────────────────────────────────────────────────────────────────────
                Company         4.10    2.30  1.60      2.20  7.10    7.20   0.10        57 %
                1 column more in --format csv: Coverage to go
                West called nothing; its deals are counted.

                ! EMEA's call of 2026-11-16 rests on 2.55 M USD of deals; they say 1.95 M USD
                  now

                as of 2026-12-07 · load 119 · 1,234 rows · forecast/1

                """)
    }

    @Test func `of 60 cells keeps the figures that come first`() {
        #expect(
            screen(Samples.forecast, 60) == """
                The call is 7.10 M USD, 0.10 M USD under budget; deals
                support 6.40 M USD (90 % of it)

                FY2026Q4 · USD millions
                                              Best
                Team          Closed  Commit  case  Pipeline  Call  Budget
                ──────────────────────────────────────────────────────────
                East            1.65    0.70  0.45      0.60  2.55    2.40
                  Dana Ortiz    0.40    0     0.15      –     –       –
                West            1.50    0.60  0.55      0.80  –       2.40
                EMEA            0.95    1.00  0.60      0.80  2.45    2.40
                ──────────────────────────────────────────────────────────
                Company         4.10    2.30  1.60      2.20  7.10    7.20
                3 columns more in --format csv: Gap, Attainment, Coverage to
                go
                West called nothing; its deals are counted.

                ! EMEA's call of 2026-11-16 rests on 2.55 M USD of deals;
                  they say 1.95 M USD now

                as of 2026-12-07 · load 119 · 1,234 rows · forecast/1

                """)
    }

    @Test func `in exact figures and ASCII signs`() {
        let terminal = TerminalTraits(width: 120, unicode: false)
        #expect(
            render(Samples.forecast, as: .terminal, terminal: terminal, exact: true) == """
                The call is 7,100,000 USD, 100,000 USD under budget; deals support 6,400,000 USD (90 % of it)

                FY2026Q4 | USD
                Team                Closed     Commit  Best case   Pipeline       Call     Budget       Gap  Attainment  Coverage to go
                -----------------------------------------------------------------------------------------------------------------------
                East          1,650,000       700,000    450,000    600,000  2,550,000  2,400,000  -150,000        69 %           2.3 x
                  Dana Ortiz    400,000.25          0    150,000          -          -          -         -         -             -
                West          1,500,000       600,000    550,000    800,000          -  2,400,000   300,000        63 %           2.2 x
                EMEA            950,000     1,000,000    600,000    800,000  2,450,000  2,400,000   -50,000        40 %           1.7 x
                -----------------------------------------------------------------------------------------------------------------------
                Company       4,100,000     2,300,000  1,600,000  2,200,000  7,100,000  7,200,000   100,000        57 %           2.0 x
                West called nothing; its deals are counted.

                ! EMEA's call of 2026-11-16 rests on 2,550,000 USD of deals; they say 1,950,000 USD now

                as of 2026-12-07 | load 119 | 1,234 rows | forecast/1

                """)
    }

    /// The escape character is shown as `␛`.
    @Test func `with colour marks headline, headings, totals, less than nothing, and warnings`() {
        let terminal = TerminalTraits(width: 120, color: true)
        let text = render(Samples.forecast, as: .terminal, terminal: terminal)
        #expect(
            text.replacing("\u{1B}", with: "␛") == """
                ␛[1mThe call is 7.10 M USD, 0.10 M USD under budget; deals support 6.40 M USD (90 % of it)␛[22m

                FY2026Q4 · USD millions
                ␛[1mTeam          Closed  Commit  Best case  Pipeline  Call  Budget    Gap  Attainment  Coverage to go␛[22m
                ␛[2m──────────────────────────────────────────────────────────────────────────────────────────────────␛[22m
                East            1.65    0.70       0.45      0.60  2.55    2.40  ␛[31m-0.15␛[39m        69 %           2.3 ×
                  Dana Ortiz    0.40    0          0.15      –     –       –      –            –             –
                West            1.50    0.60       0.55      0.80  –       2.40   0.30        63 %           2.2 ×
                EMEA            0.95    1.00       0.60      0.80  2.45    2.40  ␛[31m-0.05␛[39m        40 %           1.7 ×
                ␛[2m──────────────────────────────────────────────────────────────────────────────────────────────────␛[22m
                ␛[1mCompany         4.10    2.30       1.60      2.20  7.10    7.20   0.10        57 %           2.0 ×␛[22m
                West called nothing; its deals are counted.

                ␛[33m! EMEA's call of 2026-11-16 rests on 2.55 M USD of deals; they say 1.95 M USD now␛[39m

                ␛[2mas of 2026-12-07 · load 119 · 1,234 rows · forecast/1␛[22m

                """)
    }

    @Test func `lines up wide signs, negative amounts and absent values`() {
        #expect(
            screen(Samples.deals, 80) == """
                4 deals of 1,234 EUR

                Deal                    Owner      Amount, EUR  Close       Pushes  Past due
                ────────────────────────────────────────────────────────────────────────────
                東京電力 renewal        José           420,001  2026-12-31       3  no
                =SUM(A1), "quoted"      -Ana | Bo      -18,000  2027-01-15      -1  yes
                Tab here  and�[31m red  🚀 é                 0  –                0  –
                –                       –                    –  –                –  –
                4 of 1,234 rows

                as of 2026-12-07 · load 119 · 1,234 rows · forecast/1

                """)
    }

    @Test func `of 60 cells cuts words`() {
        #expect(
            screen(Samples.deals, 60) == """
                4 deals of 1,234 EUR

                                           Amount,                      Past
                Deal            Owner          EUR  Close       Pushes  due
                ────────────────────────────────────────────────────────────
                東京電力 rene…  José       420,001  2026-12-31       3  no
                =SUM(A1), "qu…  -Ana | Bo  -18,000  2027-01-15      -1  yes
                Tab here  and…  🚀 é             0  –                0  –
                –               –                –  –                –  –
                4 of 1,234 rows

                as of 2026-12-07 · load 119 · 1,234 rows · forecast/1

                """)
    }

    @Test func `of one that totals come first in sets them apart as well`() {
        let columns = [
            AnswerColumn("node", title: "Node", kind: .text),
            AnswerColumn("deals", title: "Open", kind: .integer, unit: "deals"),
        ]
        let rows: [AnswerTable.Row] = [
            .init([.text("Company"), .integer(1_234_567)], style: .total),
            .init([.text("East"), .integer(-5)], style: .indented(1)),
            .init([.text("Tom Iversen"), .integer(0)], style: .indented(2)),
        ]
        let answer = Answer(
            question: "q", headline: "", tables: [AnswerTable(name: "t", columns: columns, rows: rows)],
            passport: Passport(
                question: "q", metrics: ["open/1", "commit/2"], asOf: Samples.day("2026-11-26"),
                snapshotDay: Samples.day("2026-11-25"), load: nil, filters: [.init("team", "EMEA")],
                rowCount: 1, programVersion: "0.1.0"))
        #expect(
            screen(answer, 80) == """
                Node             Open, deals
                ────────────────────────────
                Company            1,234,567
                ────────────────────────────
                  East                    -5
                    Tom Iversen            0

                as of 2026-11-26 · snapshot 2026-11-25 · team EMEA · 1 row · open/1, commit/2

                """)
    }

    @Test func `counts the metric contracts that its last line has no room for`() {
        var answer = Samples.forecast
        answer.tables = []
        answer.passport.metrics = ["closed/1", "commit/1", "best_case/1", "pipeline/1", "omitted/1"]
        #expect(
            screen(answer, 80).hasSuffix(
                "as of 2026-12-07 · load 119 · 1,234 rows · closed/1, commit/1, best_case/1 +2\n"))
        #expect(screen(answer, 120).hasSuffix("best_case/1, pipeline/1, omitted/1\n"))
        #expect(render(answer, as: .md).hasSuffix("best\\_case/1, pipeline/1, omitted/1_\n"))
    }

    private func screen(_ answer: Answer, _ width: Int) -> String {
        render(answer, as: .terminal, terminal: TerminalTraits(width: width))
    }
}
