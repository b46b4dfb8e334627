import Foundation
import Model
import Postgres
import TestSupport
import Testing
import Warehouse

/// What the database's own catalog says of the schema.
@Suite("Schema")
struct SchemaTests {
    @Test func `every view and column, table and function has a comment`() throws {
        let silent = try names(
            """
            select format('%s %s.%s', pg_class.relkind, pg_class.relname, coalesce(pg_attribute.attname, '')) as name
            from pg_class
            left join pg_attribute
                on pg_attribute.attrelid = pg_class.oid and pg_attribute.attnum > 0 and not pg_attribute.attisdropped
            where pg_class.relnamespace in ('bellwether'::regnamespace, 'bellwether_store'::regnamespace)
                and pg_class.relkind in ('r', 'v', 'm', 'p')
                and (
                    obj_description(pg_class.oid, 'pg_class') is null
                    or col_description(pg_class.oid, pg_attribute.attnum) is null)
            union all
            select format('function %s', pg_proc.oid::regprocedure)
            from pg_proc
            where pg_proc.pronamespace in ('bellwether'::regnamespace, 'bellwether_store'::regnamespace)
                and obj_description(pg_proc.oid, 'pg_proc') is null
            union all
            select format('schema %s', pg_namespace.nspname)
            from pg_namespace
            where pg_namespace.nspname in ('bellwether', 'bellwether_store', 'analysis')
                and obj_description(pg_namespace.oid, 'pg_namespace') is null
            """)
        #expect(silent.isEmpty)
        #expect(
            try names(
                "select relname::text as name from pg_class where relnamespace = 'bellwether'::regnamespace"
            ).count > 20)
    }

    @Test func `comments are sentences about their own column`() throws {
        let odd = try names(
            """
            select format('%s.%s: %s', pg_class.relname, coalesce(pg_attribute.attname, '*'), description) as name
            from pg_description
            inner join pg_class on pg_class.oid = pg_description.objoid
            left join pg_attribute
                on pg_attribute.attrelid = pg_class.oid and pg_attribute.attnum = pg_description.objsubid
                    and pg_description.objsubid > 0
            where pg_description.classoid = 'pg_class'::regclass
                and pg_class.relnamespace in ('bellwether'::regnamespace, 'bellwether_store'::regnamespace)
                and (length(description) < 8 or description !~ '[.:]' or description ~* 'todo|fixme')
            """)
        #expect(odd.isEmpty)
    }

    @Test func `every view reads with the rights of whoever asks`() throws {
        let others = try names(
            """
            select relname::text as name
            from pg_class
            where relnamespace = 'bellwether'::regnamespace and relkind in ('v', 'm')
                and not coalesce(reloptions @> array['security_invoker=true'], false)
            """)
        #expect(others.isEmpty)
        let definers = try names(
            """
            select oid::regprocedure::text as name
            from pg_proc
            where pronamespace = 'bellwether'::regnamespace and (prosecdef or provolatile = 'v')
            """)
        #expect(definers.isEmpty)
    }

    @Test func `the program's catalog of entities is PostgreSQL's`() throws {
        let connection = try Connection(database())
        var found: [String: [String]] = [:]
        let query = """
            select pg_class.relname::text as entity, pg_attribute.attname::text as column_name,
                format_type(pg_attribute.atttypid, pg_attribute.atttypmod) as type
            from pg_class
            inner join pg_attribute
                on pg_attribute.attrelid = pg_class.oid and pg_attribute.attnum > 0 and not pg_attribute.attisdropped
            where pg_class.relnamespace = 'bellwether_store'::regnamespace and pg_class.relkind = 'r'
                and exists (
                    select from pg_attribute as version_column
                    where version_column.attrelid = pg_class.oid and version_column.attname = 'superseded_in')
                and pg_attribute.attname not in (
                    select frame_column.attname from pg_attribute as frame_column
                    where frame_column.attrelid = 'bellwether_store.version_frame'::regclass)
            order by pg_class.relname, pg_attribute.attnum
            """
        for row in try connection.query(query) {
            let type = try row.decode("type", as: String.self)
            found[try row.decode("entity", as: String.self), default: []].append(
                try row.decode("column_name", as: String.self) + " "
                    + (type == "timestamp with time zone" ? "timestamptz" : type))
        }
        let known = Dictionary(
            uniqueKeysWithValues: EntityCatalog.all.map { entity in
                (entity.name, entity.columns.map { "\($0.name) \($0.type.rawValue)" })
            })
        #expect(known == found)
        #expect(known.count >= 9)
    }

    /// Each entity has a table of versions, a view of its history and a view as of the day, with the same columns.
    @Test func `each entity is read by two views that leave nothing out`() throws {
        let connection = try Connection(database())
        for entity in EntityCatalog.all {
            for view in [entity.name, entity.name + "_history"] {
                var columns: Set<String> = []
                for row in try connection.query(
                    "select attname::text as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0",
                    [.text("bellwether.\(view)")])
                {
                    columns.insert(try row.decode("name", as: String.self))
                }
                #expect(
                    columns.isSuperset(of: entity.columns.map(\.name) + ["source", "id", "extra"]), "\(view)")
            }
        }
    }

    /// A second index would have to be written for every version that a load closes.
    @Test func `versions have the primary key alone and room in the page`() throws {
        let found = try names(
            """
            select format(
                '%s %s %s', count(*), string_agg(distinct pg_get_constraintdef(pg_constraint.oid), ''),
                string_agg(distinct array_to_string(reloptions, ''), '')) as name
            from pg_class
            inner join pg_index on pg_index.indrelid = pg_class.oid
            left join pg_constraint on pg_constraint.conindid = pg_index.indexrelid
            where pg_class.relnamespace = 'bellwether_store'::regnamespace
                and pg_index.indexrelid::regclass::text not like '%.plan_line_by_%'
                and pg_index.indexrelid::regclass::text not like '%.call_by_%'
                and exists (
                    select from pg_attribute
                    where pg_attribute.attrelid = pg_class.oid and pg_attribute.attname = 'superseded_in')
            """)
        // But for plan lines and calls, which hardly ever change and are asked for by period among those of many years.
        #expect(
            found == [
                "\(EntityCatalog.all.count) PRIMARY KEY (source, id, valid_from, loaded_in) fillfactor=95"
            ])
    }

    /// Loads look marks up by snapshot, with or without the key.
    @Test func `marks are found by source, entity and load`() throws {
        #expect(
            try names(
                """
                select pg_get_constraintdef(oid) as name from pg_constraint
                where conrelid = 'bellwether_store.mark'::regclass and contype = 'p'
                """) == ["PRIMARY KEY (source, entity, load, id)"])
    }

    @Test func `an upgrade leaves no trace in a database that is current`() throws {
        let parameters = try database()
        let connection = try Connection(parameters)
        let before = try names("select oid::text as name from pg_class", connection).count
        let report = try Warehouse(parameters).migrate(roles: RoleNames())
        #expect(report.wasCurrent && report.viewFiles == 0 && report.rolesProblem == nil)
        #expect(try names("select oid::text as name from pg_class", connection).count == before)
    }

    private func database() throws -> ConnectionParameters {
        try TestDatabase.migrated()
    }

    private func names(_ sql: String) throws -> [String] {
        try names(sql, try Connection(database()))
    }

    private func names(_ sql: String, _ connection: Connection) throws -> [String] {
        var names: [String] = []
        for row in try connection.query(sql) { names.append(try row.decode("name", as: String.self)) }
        return names
    }
}
