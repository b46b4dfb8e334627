import Model
import Postgres

extension Warehouse {
    /// Refuses to go on while something other than a view hangs on schema `bellwether`: making the views anew drops
    /// it, and only views are put back.
    ///
    /// - Throws: `BW213`, which names what is in the way.
    func refuseToDropAnalystObjects() throws(BellwetherError) {
        let names = try rows(Self.analystObjects) { row throws(DatabaseError) in
            try row.decode("name", as: String.self)
        }
        guard !names.isEmpty else { return }
        throw BellwetherError(
            .analystObjectInTheWay, "the upgrade would drop what hangs on the views of Bellwether",
            detail: names.joined(separator: "\n"),
            hint: "Keep its text (pg_dump --schema-only), drop it, upgrade, and make it again.")
    }

    /// Whatever depends, directly or not, on schema `bellwether` and is not put back with the views that are:
    /// functions, rules, triggers, column defaults, constraints, policies, columns, types.
    private static let analystObjects = """
        with recursive dependent as (
            select 'pg_class'::regclass as class, pg_class.oid, false as is_outside
            from pg_class
            where pg_class.relnamespace = to_regnamespace('bellwether')
            union
            select 'pg_proc'::regclass, pg_proc.oid, false
            from pg_proc
            where pg_proc.pronamespace = to_regnamespace('bellwether')
            union
            -- The rule that is a view's query stands for the view.
            select
                case when query.oid is null then pg_depend.classid::regclass else 'pg_class'::regclass end,
                coalesce(query.ev_class, pg_depend.objid),
                true
            from dependent
            inner join pg_depend
                on pg_depend.refclassid = dependent.class and pg_depend.refobjid = dependent.oid
            left join pg_rewrite as query
                on pg_depend.classid = 'pg_rewrite'::regclass and query.oid = pg_depend.objid
                    and query.rulename = '_RETURN'
        )

        select distinct pg_describe_object(dependent.class, dependent.oid, 0) as name
        from dependent
        left join pg_proc on dependent.class = 'pg_proc'::regclass and pg_proc.oid = dependent.oid
        left join pg_class on dependent.class = 'pg_class'::regclass and pg_class.oid = dependent.oid
        left join pg_type on dependent.class = 'pg_type'::regclass and pg_type.oid = dependent.oid
        left join pg_type as element on element.oid = pg_type.typelem
        left join pg_class as row_class on row_class.oid = coalesce(nullif(pg_type.typrelid, 0), element.typrelid)
        where dependent.is_outside
            and pg_proc.pronamespace is distinct from to_regnamespace('bellwether')
            and pg_class.relnamespace is distinct from to_regnamespace('bellwether')
            -- Views, their indexes, what belongs to their storage, and the types of their rows.
            and coalesce(pg_class.relkind, '') not in ('v', 'm', 'i', 't')
            and coalesce(row_class.relkind, '') not in ('v', 'm')
        order by name
        """
}
