import Model
import Postgres

/// The SQL that puts one snapshot of one entity into its table of versions.
///
/// The statements differ between entities only in the table's and the columns' names, which come from the
/// project's own SQL files; everything that comes from outside is a parameter.
///
/// Parameters keep their places throughout: $1 source, $2 day, $3 load.
struct SnapshotStatements {
    let table: String
    /// Content columns with `extra`, quoted.
    let columns: [String]
    /// Content columns that decide whether a row has changed.
    let compared: [String]
    let definitions: String

    /// The statements of an entity; a difference in a `volatile` column alone makes no version.
    init(entity: EntitySchema, volatileColumns: Set<String>) throws(DatabaseError) {
        table = "bellwether_store." + (try quoteIdentifier(entity.name))
        var columns: [String] = []
        var compared: [String] = []
        var definitions: [String] = []
        for column in entity.columns {
            let name = try quoteIdentifier(column.name)
            columns.append(name)
            definitions.append("\(name) \(column.type.rawValue)")
            if !volatileColumns.contains(column.name) { compared.append(name) }
        }
        self.columns = columns + ["extra"]
        self.compared = compared + ["extra"]
        self.definitions = (definitions + ["extra jsonb"]).joined(separator: ", ")
    }

    // MARK: - Staging

    /// The rows of the files whose hash the warehouse does not hold.
    var createIncoming: String {
        """
        create temp table incoming (
            id text collate "C" not null, \(definitions), row_hash uuid not null, file integer not null,
            line bigint not null
        ) on commit drop
        """
    }

    /// What every entity needs, made once a load: hashes that the warehouse holds and no row of the files had, keys
    /// of rows that were set aside, keys that a delta says are deleted, the keys of which a delta speaks, and those
    /// whose state may change.
    static let createStaging = [
        "create temp table unseen (row_hash uuid not null, place tid not null) on commit drop",
        #"create temp table rejected (id text collate "C" not null) on commit drop"#,
        #"create temp table deleted (id text collate "C" not null) on commit drop"#,
        #"create temp table named (id text collate "C" not null) on commit drop"#,
        #"create temp table spoken (id text collate "C" not null) on commit drop"#,
    ]

    /// Leaves the staging tables for the next entity.
    static let clearStaging = """
        do $$
        begin
            truncate pg_temp.unseen, pg_temp.rejected, pg_temp.deleted, pg_temp.named, pg_temp.spoken;
            drop table if exists pg_temp.incoming, pg_temp.touched, pg_temp.target, pg_temp.splice, pg_temp.ended;
        end
        $$
        """

    func copyIncoming(_ filled: [Int]) -> String {
        "copy pg_temp.incoming (id, \(names(filled)), row_hash, file, line) from stdin (format binary)"
    }

    /// Straight into the table of versions.
    func copyVersions(_ filled: [Int]) -> String {
        "copy \(table) (source, id, valid_from, loaded_in, \(names(filled)), row_hash) from stdin (format binary)"
    }

    /// The columns at those places of the schema, and `extra`.
    private func names(_ filled: [Int]) -> String {
        (filled.map { columns[$0] } + ["extra"]).joined(separator: ", ")
    }

    static let copyUnseen = "copy pg_temp.unseen (row_hash, place) from stdin (format binary)"
    static let copySpoken = "copy pg_temp.spoken (id) from stdin (format binary)"
    static let copyRejected = "copy pg_temp.rejected (id) from stdin"
    static let copyDeleted = "copy pg_temp.deleted (id) from stdin"

    /// The row hashes that hold on the day, and where the rows lie. A COPY takes no parameters: source and day come by settings.
    var copyStoredHashes: String {
        """
        copy (
            select version.row_hash, version.ctid
            from \(table) as version
            where version.source = (select current_setting('bellwether.load_source'))
                and version.superseded_in is null
                and version.valid_from <= (select current_setting('bellwether.load_day')::date)
                and version.valid_to > (select current_setting('bellwether.load_day')::date)
        ) to stdout (format binary)
        """
    }

    // Only what is joined by: the planner needs to know how many rows there are, and little else.
    static let analyzeStaging = "analyze pg_temp.incoming (id), pg_temp.unseen"
    static let analyzeSpoken = "analyze pg_temp.spoken"
    static let analyzeTouched = "analyze pg_temp.touched (id, row_hash)"

    // MARK: - What the warehouse believes

    /// The keys whose state may change; where a snapshot is replaced, also those of which only the replaced one
    /// spoke. $3 is the entity, $4 the load of the replaced snapshot, $5 whether every key may change.
    var addSpoken: String {
        """
        insert into pg_temp.spoken (id)
        select incoming.id from pg_temp.incoming
        union
        select deleted.id from pg_temp.deleted
        union
        select rejected.id from pg_temp.rejected
        union
        select mark.id
        from bellwether_store.mark
        where mark.source = $1 and mark.entity = $3 and mark.load = $4
        union
        select version.id
        from \(table) as version
        where $5 and version.source = $1
        """
    }

    /// The versions that a load may touch are taken from the table once. `place` finds each again without an index.
    var createTouched: String {
        "create temp table touched on commit drop as select version.ctid as place, version.* from \(table) as version limit 0"
    }

    /// Those that hold on the day and were not shown again: their keys have other content, or are gone.
    ///
    /// The place alone would do on one server; with the hash a sharded one, where places repeat from shard to shard,
    /// finds the very row too.
    var touchUnseen: String {
        """
        insert into pg_temp.touched
        select version.ctid, version.*
        from pg_temp.unseen
        inner join \(table) as version on version.ctid = unseen.place
        where version.row_hash = unseen.row_hash and version.source = $1 and version.superseded_in is null
            and \(holds("version"))
        """
    }

    /// The other versions of the keys whose state may change. Where $3 is false, only of keys that are not touched yet:
    /// no other version of a touched one can meet the new state.
    var touchSpoken: String {
        """
        insert into pg_temp.touched
        select version.ctid, version.*
        from pg_temp.spoken
        inner join \(table) as version on version.source = $1 and version.id = spoken.id
        where version.superseded_in is null and $2::date is not null
            and not exists (
                select from pg_temp.touched as stored
                where stored.id = spoken.id and (not $3 or stored.valid_from = version.valid_from)
            )
        """
    }

    // MARK: - Pieces

    /// Whether a touched version holds on the day.
    func holds(_ alias: String) -> String {
        "\(alias).valid_from <= $2 and \(alias).valid_to > $2"
    }

    func list(_ alias: String, _ names: [String]) -> String {
        names.map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    /// Typed equality, null equal to null, column by column.
    func same(_ left: String, _ right: String, _ names: [String]) -> String {
        "((\(list(left, names))) is not distinct from (\(list(right, names))))"
    }
}
