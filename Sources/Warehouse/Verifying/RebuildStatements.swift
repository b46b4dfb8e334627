import Model
import Postgres

/// The SQL that holds a rebuilt history of one entity against the one that is stored.
///
/// Both are brought to spans of days with equal content, compared by type, before they are held against each other.
/// Columns that make no version by themselves are left out: which of their values is stored depends on the order of
/// loads.
struct RebuildStatements {
    private let table: String
    private let columns: [String]
    private let definitions: String
    /// Those that are compared.
    private let compared: [String]

    init(entity: EntitySchema, volatile: Set<String>) throws(DatabaseError) {
        table = "bellwether_store." + (try quoteIdentifier(entity.name))
        var columns: [String] = []
        var compared: [String] = []
        var definitions: [String] = []
        for column in entity.columns {
            let name = try quoteIdentifier(column.name)
            columns.append(name)
            definitions.append("\(name) \(column.type.rawValue)")
            if !volatile.contains(column.name) { compared.append(name) }
        }
        self.columns = columns + ["extra"]
        self.compared = compared + ["extra"]
        self.definitions = (definitions + ["extra jsonb"]).joined(separator: ", ")
    }

    var create: [String] {
        [
            """
            drop table if exists
                pg_temp.opened, pg_temp.ended, pg_temp.withdrawn, pg_temp.named, pg_temp.told,
                pg_temp.deal, pg_temp.past, pg_temp.rebuilt, pg_temp.stored
            """,
            #"""
            create temp table opened (
                id text collate "C" not null, valid_from date not null, \#(definitions)
            ) on commit drop
            """#,
            #"""
            create temp table ended (
                id text collate "C" not null, valid_from date not null, valid_to date not null
            ) on commit drop
            """#,
            #"create temp table withdrawn (id text collate "C" not null, valid_from date not null) on commit drop"#,
        ]
    }

    var copyOpened: String {
        "copy pg_temp.opened (id, valid_from, \(columns.joined(separator: ", "))) from stdin"
    }

    static let copyEnded = "copy pg_temp.ended (id, valid_from, valid_to) from stdin"
    static let copyWithdrawn = "copy pg_temp.withdrawn (id, valid_from) from stdin"

    /// What the exports name, with when it ended.
    var createNamed: String {
        """
        create temp table named on commit drop as
        select
            opened.id, opened.valid_from, coalesce(ended.valid_to, 'infinity') as valid_to, \(list("opened", columns))
        from pg_temp.opened
        left join pg_temp.ended on ended.id = opened.id and ended.valid_from = opened.valid_from
        where not exists (
                select from pg_temp.withdrawn
                where withdrawn.id = opened.id and withdrawn.valid_from = opened.valid_from
            )
        """
    }

    /// The rebuilt spans, with the past from a history where the source has one.
    func createRebuilt(withPast: Bool) -> String {
        """
        create temp table rebuilt on commit drop as
        with version as (
            select named.id, named.valid_from, named.valid_to, \(list("named", columns))
            from pg_temp.named
            \(withPast
                ? "union all select past.id, past.valid_from, past.valid_to, \(list("past", columns)) from pg_temp.past"
                : "")
        ),

        \(spans)
        """
    }

    /// The stored ones. $1 is the source.
    var createStored: String {
        """
        create temp table stored on commit drop as
        with version as (
            select stored.id, stored.valid_from, stored.valid_to, \(list("stored", columns))
            from \(table) as stored
            where stored.source = $1 and stored.superseded_in is null
        ),

        \(spans)
        """
    }

    static let countRebuilt = "select count(*) as value from pg_temp.rebuilt"

    /// Spans that one history has and the other has not. $1 is the source.
    var differences: String {
        let spans = "id, valid_from, valid_to, \(compared.joined(separator: ", "))"
        return VerifyStatements.summary(
            """
            select
                difference.rule,
                format(
                    '%s/%s from %s to %s', $1::text, difference.id, difference.valid_from, difference.valid_to
                ) as example
            from (
                select 'not_stored' as rule, missing.id, missing.valid_from, missing.valid_to
                from (
                    select \(spans) from pg_temp.rebuilt except select \(spans) from pg_temp.stored
                ) as missing
                union all
                select 'not_in_exports', surplus.id, surplus.valid_from, surplus.valid_to
                from (
                    select \(spans) from pg_temp.stored except select \(spans) from pg_temp.rebuilt
                ) as surplus
            ) as difference
            """)
    }

    /// Versions that touch and say the same, joined.
    private var spans: String {
        """
        judged as (
            select
                version.*,
                coalesce(
                    version.valid_from = lag(version.valid_to) over versions
                        and row(\(list("version", compared))) is not distinct from lag(row(\(list("version", compared)))) over versions,
                    false) as continues
            from version
            window versions as (partition by version.id order by version.valid_from)
        ),

        numbered as (
            select
                judged.*,
                count(*) filter (where not judged.continues) over (
                    partition by judged.id order by judged.valid_from
                ) as span
            from judged
        )

        select
            numbered.id, min(numbered.valid_from) as valid_from, max(numbered.valid_to) as valid_to,
            \(list("numbered", compared))
        from numbered
        group by numbered.id, numbered.span, \(list("numbered", compared))
        """
    }

    private func list(_ alias: String, _ names: [String]) -> String {
        names.map { "\(alias).\($0)" }.joined(separator: ", ")
    }
}
