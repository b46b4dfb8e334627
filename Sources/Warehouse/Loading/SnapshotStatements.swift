import Intake
import Model
import Postgres

/// The SQL that puts one snapshot of one entity into its table of versions.
///
/// The statements differ between entities only in the table's and the columns' names, which come from the
/// project's own SQL files; everything that comes from outside is a parameter.
///
/// Parameters keep their places throughout: $1 source, $2 day, $3 load.
struct SnapshotStatements {
    private let table: String
    /// Content columns with `extra`, quoted.
    private let columns: [String]
    /// Content columns that decide whether a row has changed.
    private let compared: [String]
    private let definitions: String

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
    /// of rows that were set aside, keys that a delta says are deleted, and the keys of which a delta speaks.
    static let createStaging = [
        "create temp table unseen (row_hash uuid not null) on commit drop",
        #"create temp table rejected (id text collate "C" not null) on commit drop"#,
        #"create temp table deleted (id text collate "C" not null) on commit drop"#,
        #"create temp table named (id text collate "C" not null) on commit drop"#,
    ]

    /// Leaves the staging tables for the next entity.
    static let clearStaging = [
        "truncate pg_temp.unseen, pg_temp.rejected, pg_temp.deleted, pg_temp.named",
        "drop table if exists pg_temp.incoming, pg_temp.target, pg_temp.splice",
    ]

    var copyIncoming: String {
        "copy pg_temp.incoming (id, \(columns.joined(separator: ", ")), row_hash, file, line) from stdin"
    }

    static let copyUnseen = "copy pg_temp.unseen (row_hash) from stdin"
    static let copyRejected = "copy pg_temp.rejected (id) from stdin"
    static let copyDeleted = "copy pg_temp.deleted (id) from stdin"

    /// The row hashes that hold on the day. A COPY takes no parameters: source and day come by settings.
    var copyStoredHashes: String {
        """
        copy (
            select version.row_hash
            from \(table) as version
            where version.source = (select current_setting('bellwether.load_source'))
                and version.superseded_in is null
                and version.valid_from <= (select current_setting('bellwether.load_day')::date)
                and version.valid_to > (select current_setting('bellwether.load_day')::date)
        ) to stdout (format binary)
        """
    }

    static let analyzeStaging = "analyze pg_temp.incoming, pg_temp.unseen"

    // MARK: - Duplicate keys

    /// Rows that repeat a key with the same content, in other bytes: one stays.
    ///
    /// Sorted, not joined: an export with one id in a million rows would make 10^12 pairs.
    var collapseEqualDuplicates: String {
        """
        with repeated as (
            select incoming.id from pg_temp.incoming group by incoming.id having count(*) > 1
        ),

        numbered as (
            select
                incoming.ctid as place,
                row_number() over (
                    partition by incoming.id, \(list("incoming", columns)) order by incoming.file, incoming.line
                ) as number
            from pg_temp.incoming
            inner join repeated on repeated.id = incoming.id
        ),

        collapsed as (
            delete from pg_temp.incoming
            using numbered
            where incoming.ctid = numbered.place and numbered.number > 1
            returning 1
        )

        select count(*) as value from collapsed
        """
    }

    /// Rows whose key has other content elsewhere in the files, or was set aside there: none of them counts.
    ///
    /// The stored row of a key is "elsewhere in the files" when a row of the files had its hash. Gives the first
    /// rows and the number of all.
    var takeOutFaultyDuplicates: String {
        """
        with faulty as (
            select incoming.id
            from pg_temp.incoming
            group by incoming.id
            having count(*) > 1
            union
            select incoming.id
            from pg_temp.incoming
            inner join pg_temp.rejected on rejected.id = incoming.id
            union
            select incoming.id
            from pg_temp.incoming
            inner join pg_temp.deleted on deleted.id = incoming.id
            union
            select incoming.id
            from pg_temp.incoming
            inner join \(table) as stored on \(holds("stored")) and stored.id = incoming.id
            where not \(same("incoming", "stored", columns))
                and not exists (
                    select from pg_temp.unseen where unseen.row_hash = stored.row_hash
                )
        ),

        taken as (
            delete from pg_temp.incoming
            using faulty
            where incoming.id = faulty.id
            returning incoming.id, incoming.file, incoming.line
        ),

        noted as (
            insert into pg_temp.rejected (id)
            select distinct taken.id from taken
        )

        select taken.id, taken.file, taken.line, count(*) over () as total
        from taken
        order by taken.file, taken.line
        limit \(SnapshotSink.rejectsKept)
        """
    }

    // MARK: - What differs from what was known

    /// Gives rows that say what is known already, in other bytes, their new hash, so that they are recognised
    /// next time.
    var refreshHashes: String {
        """
        update \(table) as stored
        set row_hash = incoming.row_hash
        from pg_temp.incoming
        where \(holds("stored")) and stored.id = incoming.id
            and stored.row_hash <> incoming.row_hash
            and \(same("incoming", "stored", columns))
        """
    }

    /// The state that each key is to have from the day on, for the keys that had another.
    var createTarget: String {
        """
        create temp table target on commit drop as
        select
            incoming.id, true as is_present, stored.id is not null as was_present, date 'infinity' as until,
            \(list("incoming", columns)), incoming.row_hash
        from pg_temp.incoming
        left join \(table) as stored on \(holds("stored")) and stored.id = incoming.id
        where stored.id is null or not \(same("incoming", "stored", compared))
        """
    }

    /// Keys that a full snapshot no longer has; keys of rejected rows stay.
    var addGone: String {
        """
        insert into pg_temp.target (id, is_present, was_present, until)
        select stored.id, false, true, 'infinity'
        from \(table) as stored
        inner join pg_temp.unseen on unseen.row_hash = stored.row_hash
        where \(holds("stored"))
            and not exists (select from pg_temp.incoming where incoming.id = stored.id)
            and not exists (select from pg_temp.rejected where rejected.id = stored.id)
        """
    }

    /// Keys that a delta says are deleted.
    var addDeleted: String {
        """
        insert into pg_temp.target (id, is_present, was_present, until)
        select distinct stored.id, false, true, date 'infinity'
        from pg_temp.deleted
        inner join \(table) as stored on \(holds("stored")) and stored.id = deleted.id
        where not exists (select from pg_temp.rejected where rejected.id = stored.id)
        """
    }

    /// When a snapshot replaces one of the same day: the keys of which it does not speak go back to the state of
    /// the day before, never to that of the snapshot that it replaces.
    ///
    /// $3 is the entity, $4 the load of the replaced snapshot.
    func addCarried(newKind: EntityMapping.Kind, replacedKind: EntityMapping.Kind) -> String {
        let carried =
            switch (newKind, replacedKind) {
            case (.full, _):
                "select distinct rejected.id from pg_temp.rejected"
            case (.delta, .delta):
                """
                select mark.id
                    from bellwether_store.mark
                    where mark.source = $1 and mark.entity = $3 and mark.load = $4
                        and not exists (select from pg_temp.named where named.id = mark.id)
                """
            case (.delta, .full):
                """
                select version.id
                    from \(table) as version
                    where version.source = $1 and version.superseded_in is null
                        and version.valid_from <= $2 and version.valid_to > $2::date - 1
                        and not exists (select from pg_temp.named where named.id = version.id)
                    group by version.id
                """
            }
        return """
            with carried as (
                \(carried)
            )

            insert into pg_temp.target (
                id, is_present, was_present, until, \(columns.joined(separator: ", ")), row_hash
            )
            select
                carried.id, before.id is not null, stored.id is not null, 'infinity',
                \(list("before", columns)), before.row_hash
            from carried
            left join \(table) as before
                on before.source = $1 and before.id = carried.id and before.superseded_in is null
                    and before.valid_from <= $2::date - 1 and before.valid_to > $2::date - 1
            left join \(table) as stored on \(holds("stored")) and stored.id = carried.id
            where (before.id is null) <> (stored.id is null)
                or (before.id is not null and not \(same("before", "stored", columns)))
            """
    }

    /// Every key of which the files speak: known rows that were shown again, and new ones.
    var addNamed: String {
        """
        insert into pg_temp.named (id)
        select stored.id
        from \(table) as stored
        where \(holds("stored"))
            and not exists (select from pg_temp.unseen where unseen.row_hash = stored.row_hash)
        union
        select incoming.id from pg_temp.incoming
        union
        select deleted.id from pg_temp.deleted
        """
    }

    /// Where later days are loaded already: each key's new state ends on the next day whose snapshot speaks of it.
    ///
    /// A full snapshot speaks of every key but those it marks, a delta of those it marks. $3 is the entity here.
    static let limitTarget = """
        update pg_temp.target
        set until = coalesce(
            (
                select min(later.day)
                from bellwether.live_snapshot as later
                where later.source = $1 and later.entity = $3 and later.day > $2
                    and (later.kind = 'full') <> exists (
                        select
                        from bellwether_store.mark
                        where mark.source = later.source and mark.entity = later.entity
                            and mark.load = later.load and mark.id = target.id
                    )
            ),
            'infinity')
        """

    // MARK: - Splicing into the history

    /// The versions that the new states meet: `old` holds on the day, `left` ends there with the same content,
    /// `right` begins with the same content where the new state ends.
    var createSplice: String {
        """
        create temp table splice on commit drop as
        select
            target.id, target.is_present, target.until,
            old.valid_from as old_from, old.valid_to as old_to, old.loaded_in as old_load,
            before.valid_from as before_from, before.loaded_in as before_load,
            after.valid_to as after_to, after.loaded_in as after_load
        from pg_temp.target
        left join \(table) as old on \(holds("old")) and old.id = target.id
        left join \(table) as before
            on target.is_present and (old.id is null or old.valid_from = $2)
                and before.source = $1 and before.id = target.id and before.superseded_in is null
                and before.valid_to = $2
                and \(same("before", "target", columns))
        left join \(table) as after
            on target.is_present and (old.id is null or old.valid_to = target.until)
                and after.source = $1 and after.id = target.id and after.superseded_in is null
                and after.valid_from = target.until
                and \(same("after", "target", columns))
        """
    }

    /// The common case, nothing later known: the version is closed in place.
    var closeInPlace: String {
        """
        update \(table) as version
        set valid_to = $2, closed_in = $3
        from pg_temp.splice
        where version.source = $1 and version.id = splice.id
            and version.valid_from = splice.old_from and version.loaded_in = splice.old_load
            and splice.old_from < $2 and splice.old_to = 'infinity' and splice.until = 'infinity'
        """
    }

    /// Every other version that the new states touch is superseded, never changed.
    var supersede: String {
        """
        update \(table) as version
        set superseded_in = $3
        from (
            select splice.id, splice.old_from as valid_from, splice.old_load as loaded_in
            from pg_temp.splice
            where splice.old_from is not null
                and not (splice.old_from < $2 and splice.old_to = 'infinity' and splice.until = 'infinity')
            union all
            select splice.id, splice.before_from, splice.before_load
            from pg_temp.splice
            where splice.before_from is not null
            union all
            select splice.id, splice.until, splice.after_load
            from pg_temp.splice
            where splice.after_to is not null
        ) as touched
        where version.source = $1 and version.id = touched.id
            and version.valid_from = touched.valid_from and version.loaded_in = touched.loaded_in
        """
    }

    /// The parts of a superseded version before and after the new state come back as copies.
    var insertRemainders: String {
        """
        insert into \(table) (source, id, valid_from, valid_to, loaded_in, \(columns.joined(separator: ", ")), row_hash)
        select
            version.source, version.id, part.valid_from, part.valid_to, $3,
            \(list("version", columns)), version.row_hash
        from pg_temp.splice
        inner join \(table) as version
            on version.source = $1 and version.id = splice.id
                and version.valid_from = splice.old_from and version.loaded_in = splice.old_load
                and version.superseded_in = $3
        cross join lateral (
            values (splice.old_from, $2::date), (splice.until, splice.old_to)
        ) as part (valid_from, valid_to)
        where part.valid_from < part.valid_to
        """
    }

    /// The new states, joined with equal neighbours.
    var insertTarget: String {
        """
        insert into \(table) (source, id, valid_from, valid_to, loaded_in, \(columns.joined(separator: ", ")), row_hash)
        select
            $1, target.id, coalesce(splice.before_from, $2), coalesce(splice.after_to, target.until), $3,
            \(list("target", columns)), target.row_hash
        from pg_temp.target
        inner join pg_temp.splice on splice.id = target.id
        where target.is_present
        """
    }

    // MARK: - Marks

    /// $3 the load, $4 the entity.
    static let markRejected = """
        insert into bellwether_store.mark (load, source, entity, id)
        select distinct $2::integer, $1, $3, rejected.id from pg_temp.rejected
        """

    static let markNamed = """
        insert into bellwether_store.mark (load, source, entity, id)
        select distinct $2::integer, $1, $3, named.id from pg_temp.named
        """

    // MARK: - Pieces

    /// Whether a version holds on the day as far as is known now.
    private func holds(_ alias: String) -> String {
        """
        \(alias).source = $1 and \(alias).superseded_in is null and \(alias).valid_from <= $2 \
        and \(alias).valid_to > $2
        """
    }

    private func list(_ alias: String, _ names: [String]) -> String {
        names.map { "\(alias).\($0)" }.joined(separator: ", ")
    }

    /// Typed equality, null equal to null, column by column.
    private func same(_ left: String, _ right: String, _ names: [String]) -> String {
        "((\(list(left, names))) is not distinct from (\(list(right, names))))"
    }
}
