import Model
import Postgres

/// A view of another schema that reads the views of Bellwether.
struct AnalystView {
    /// A statement of those that make it again.
    struct Statement {
        /// What it is for.
        enum Part: String {
            /// The view itself; the others add to it.
            case definition
            /// An index, a comment, a grant.
            case detail
            /// The owner, to whom the view goes when all else is done.
            case owner
            /// The rows of a materialised view, read with the rights of its owner.
            case rows
        }

        let part: Part
        let sql: String
    }

    let name: String
    /// In the order in which they run.
    let statements: [Statement]

    /// All of it as one script.
    var text: String { statements.map { $0.sql + ";\n" }.joined() }
}

/// A view of another schema with which an upgrade had trouble.
public struct ViewTrouble: Sendable, Hashable {
    /// The view, with its schema.
    public let view: String
    /// The server's own words.
    public let reason: String
}

extension Warehouse {
    /// The views of other schemas that depend, directly or not, on schema `bellwether`, in the order in which they
    /// can be made again.
    func dependentViews() throws(BellwetherError) -> [AnalystView] {
        let names = try rows(Self.dependentViewNames) { row throws(DatabaseError) in
            (try row.decode("oid", as: String.self), try row.decode("name", as: String.self))
        }
        var views: [AnalystView] = []
        for (oid, name) in names {
            let statements = try rows(Self.viewStatements, [.text(oid)]) { row throws(DatabaseError) in
                let part = try row.decode("part", as: String.self)
                return AnalystView.Statement(
                    part: AnalystView.Statement.Part(rawValue: part) ?? .detail,
                    sql: try row.decode("statement", as: String.self))
            }
            views.append(AnalystView(name: name, statements: statements))
        }
        return views
    }

    /// Puts the views back; one that no longer compiles is kept as text and named.
    func restore(_ views: [AnalystView], _ report: inout MigrationReport) throws {
        for view in views {
            do {
                var troubles: [ViewTrouble] = []
                try connection.transaction { _ in try make(view, &troubles) }
                report.restoredViews.append(view.name)
                report.viewTroubles += troubles
            } catch let error as DatabaseError where error.kind == .server {
                try execute(
                    """
                    insert into bellwether_store.broken_view (name, definition, reason, saved_at)
                    values ($1, $2, $3, clock_timestamp())
                    """, [.text(view.name), .text(view.text), .text(error.message)])
                report.brokenViews.append(ViewTrouble(view: view.name, reason: error.message))
            }
        }
    }

    /// Makes one view. What adds to it may fail, such as giving it to an owner of whom the user is no member: the
    /// view is worth more than that.
    ///
    /// - Throws: The server's error when the view itself cannot be made.
    private func make(_ view: AnalystView, _ troubles: inout [ViewTrouble]) throws {
        var hasOwner = true
        for statement in view.statements {
            if statement.part == .rows, !hasOwner {
                // The query would run with the rights of whoever upgrades, which may be more than its author has.
                troubles.append(
                    ViewTrouble(
                        view: view.name,
                        reason: "left out, as it would run with the upgrade's rights: \(statement.sql)"))
                continue
            }
            do {
                try connection.transaction { try $0.run(script: statement.sql) }
            } catch let error as DatabaseError where error.kind == .server && statement.part != .definition {
                if statement.part == .owner { hasOwner = false }
                troubles.append(
                    ViewTrouble(view: view.name, reason: "\(error.message), upon: \(statement.sql)"))
            }
        }
    }

    private static let dependentViewNames = """
        with recursive dependency as (
            select view_class.oid, 1 as depth
            from pg_depend
            inner join pg_rewrite on pg_rewrite.oid = pg_depend.objid
            inner join pg_class as view_class on view_class.oid = pg_rewrite.ev_class
            where pg_depend.classid = 'pg_rewrite'::regclass
                and (
                    (
                        pg_depend.refclassid = 'pg_class'::regclass
                        and exists (
                            select from pg_class
                            where pg_class.oid = pg_depend.refobjid
                                and pg_class.relnamespace = to_regnamespace('bellwether')
                        )
                    ) or (
                        pg_depend.refclassid = 'pg_proc'::regclass
                        and exists (
                            select from pg_proc
                            where pg_proc.oid = pg_depend.refobjid
                                and pg_proc.pronamespace = to_regnamespace('bellwether')
                        )
                    )
                )
                and view_class.relnamespace <> to_regnamespace('bellwether')
            union
            select view_class.oid, dependency.depth + 1
            from dependency
            inner join pg_depend
                on pg_depend.refobjid = dependency.oid and pg_depend.refclassid = 'pg_class'::regclass
                    and pg_depend.classid = 'pg_rewrite'::regclass
            inner join pg_rewrite on pg_rewrite.oid = pg_depend.objid
            inner join pg_class as view_class on view_class.oid = pg_rewrite.ev_class
            where view_class.oid <> dependency.oid
        )

        select dependency.oid::text as oid, dependency.oid::regclass::text as name
        from dependency
        inner join pg_class on pg_class.oid = dependency.oid
        where pg_class.relkind in ('v', 'm')
        group by dependency.oid
        order by max(dependency.depth), dependency.oid
        """

    /// $1: the view's oid.
    private static let viewStatements = """
        with target as (
            select
                pg_class.oid,
                format('%I.%I', pg_namespace.nspname, pg_class.relname) as name,
                pg_class.relkind,
                pg_class.relispopulated,
                pg_class.reloptions,
                pg_class.relacl,
                pg_get_userbyid(pg_class.relowner) as owner
            from pg_class
            inner join pg_namespace on pg_namespace.oid = pg_class.relnamespace
            where pg_class.oid = $1::oid
        )

        select
            1 as place,
            'definition' as part,
            format(
                'create %s %s%s as %s%s',
                case target.relkind when 'm' then 'materialized view' else 'view' end,
                target.name,
                coalesce(' with (' || array_to_string(target.reloptions, ', ') || ')', ''),
                rtrim(pg_get_viewdef(target.oid), ';'),
                -- Whoever upgrades may do more than the owner: the owner's query runs as the owner, below.
                case target.relkind when 'm' then ' with no data' else '' end) as statement
        from target
        union all
        -- Before anything that may call a function of the owner's: an index computes its expressions as the owner.
        select
            2,
            'owner',
            format(
                'alter %s %s owner to %I',
                case target.relkind when 'm' then 'materialized view' else 'view' end, target.name, target.owner)
        from target
        union all
        select 3, 'rows', pg_get_indexdef(pg_index.indexrelid)
        from target
        inner join pg_index on pg_index.indrelid = target.oid
        union all
        select
            4,
            'detail',
            format(
                'comment on %s %s is %L',
                case target.relkind when 'm' then 'materialized view' else 'view' end,
                target.name, obj_description(target.oid, 'pg_class'))
        from target
        where obj_description(target.oid, 'pg_class') is not null
        union all
        select
            4,
            'detail',
            format('comment on column %s.%I is %L', target.name, pg_attribute.attname, pg_description.description)
        from target
        inner join pg_attribute on pg_attribute.attrelid = target.oid
        inner join pg_description
            on pg_description.objoid = target.oid and pg_description.objsubid = pg_attribute.attnum
                and pg_description.classoid = 'pg_class'::regclass
        where pg_attribute.attnum > 0
        union all
        select
            5,
            'detail',
            format(
                'grant %s on %s to %s%s',
                acl.privilege_type, target.name,
                case when acl.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(acl.grantee)) end,
                case when acl.is_grantable then ' with grant option' else '' end)
        from target
        cross join lateral aclexplode(target.relacl) as acl
        union all
        select
            5,
            'detail',
            format(
                'grant %s (%I) on %s to %s%s',
                acl.privilege_type, pg_attribute.attname, target.name,
                case when acl.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(acl.grantee)) end,
                case when acl.is_grantable then ' with grant option' else '' end)
        from target
        inner join pg_attribute on pg_attribute.attrelid = target.oid
        cross join lateral aclexplode(pg_attribute.attacl) as acl
        union all
        select 7, 'rows', format('refresh materialized view %s', target.name)
        from target
        where target.relkind = 'm' and target.relispopulated
        order by place
        """
}
