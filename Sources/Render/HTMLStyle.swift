/// How a page looks: on a wide screen, on a narrow one, in the dark and on paper.
enum HTMLStyle {
    /// The style sheet, which every page carries in itself.
    static let sheet = """
        :root {
          --ink: #1c2024; --dim: #60646c; --paper: #fff; --line: #d5d8dc; --shade: #f4f5f7; --red: #b3261e;
          --warn: #8a5a00; --p0: #1f4e79; --p1: #4a88c0; --p2: #a9cbe8; --p3: #c9b26b; --p4: #8f8f8f; --p5: #c4c4c4;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e8eaed; --dim: #a0a6ae; --paper: #16181b; --line: #3a3f45; --shade: #1f2226; --red: #ff8a80;
            --warn: #e6b450; --p0: #7fb2e5; --p1: #4a88c0; --p2: #2c5378; --p3: #c9b26b; --p4: #8f8f8f; --p5: #5c5c5c;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 70rem; color: var(--ink); background: var(--paper);
          font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
        }
        h1 { font-size: 1.3rem; line-height: 1.35; font-weight: 600; margin: 0 0 1.2rem; max-width: 52rem; }
        h2 { font-size: 1rem; margin: 1.8rem 0 .4rem; }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; min-width: 20rem; }
        th, td { padding: .28rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; color: var(--dim); vertical-align: bottom; border-bottom: 2px solid var(--line); }
        th:first-child, td:first-child { padding-left: .2rem; position: sticky; left: 0; background: var(--paper); }
        td:first-child { min-width: 7rem; }
        .number { text-align: right; }
        td.number, td.day { white-space: nowrap; }
        .negative { color: var(--red); }
        .total td { font-weight: 600; border-top: 2px solid var(--line); border-bottom: 2px solid var(--line); }
        tbody tr:hover td { background: var(--shade); }
        \(indents)
        .note, footer, figcaption { color: var(--dim); font-size: .87rem; }
        .note { margin: .4rem 0 0; max-width: 52rem; }
        .warnings { margin: 1.8rem 0 0; padding: .7rem .7rem .7rem 2rem; border-left: 4px solid var(--warn); background: var(--shade); }
        figure { margin: 1.8rem 0 0; max-width: 45rem; }
        svg { width: 100%; height: auto; display: block; }
        svg text { font-size: 13px; fill: var(--ink); }
        svg .value { text-anchor: end; font-variant-numeric: tabular-nums; }
        svg .target { stroke: var(--ink); stroke-width: 2; }
        \(parts)
        .key { display: inline-block; width: .9em; height: .9em; margin-left: .8em; vertical-align: -.1em; }
        .key.target { width: 2px; background: var(--ink); }
        .unit { margin-left: 1.2em; }
        footer { margin-top: 2rem; padding-top: .6rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        @media (max-width: 40rem) {
          body { font-size: 14px; padding: 1rem .7rem 2rem; }
          h1 { font-size: 1.12rem; }
          th, td { padding: .25rem .45rem; }
        }
        @media print {
          :root {
            --ink: #000; --dim: #444; --paper: #fff; --line: #999; --shade: #fff; --red: #900; --warn: #555;
            --p0: #1f4e79; --p1: #4a88c0; --p2: #a9cbe8;
          }
          body { max-width: none; padding: 0; font-size: 9.5pt; }
          .table { overflow: visible; }
          table { width: 100%; }
          th, td { padding: .15rem .35rem; }
          tr, figure, .warnings li { break-inside: avoid; }
          thead { display: table-header-group; }
          h2 { break-after: avoid; }
          svg, .key { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """

    private static let indents = (0...10).map { "td.in\($0) { padding-left: \($0).2rem; }" }
        .joined(separator: "\n")

    private static let parts = (0...5).map {
        "svg .part\($0) { fill: var(--p\($0)); } .key.part\($0) { background: var(--p\($0)); }"
    }.joined(separator: "\n")
}
