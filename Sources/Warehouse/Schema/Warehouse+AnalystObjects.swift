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

    /// Functions, column defaults, constraints, triggers, policies and columns that depend, directly or not, on
    /// schema `bellwether`.
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
            select
                case when pg_rewrite.oid is null then pg_depend.classid::regclass else 'pg_class'::regclass end,
                coalesce(pg_rewrite.ev_class, pg_depend.objid),
                true
            from dependent
            inner join pg_depend
                on pg_depend.refclassid = dependent.class and pg_depend.refobjid = dependent.oid
            left join pg_rewrite
                on pg_depend.classid = 'pg_rewrite'::regclass and pg_rewrite.oid = pg_depend.objid
        )

        select distinct pg_describe_object(dependent.class, dependent.oid, 0) as name
        from dependent
        left join pg_proc on dependent.class = 'pg_proc'::regclass and pg_proc.oid = dependent.oid
        left join pg_class on dependent.class = 'pg_class'::regclass and pg_class.oid = dependent.oid
        where dependent.is_outside
            and (
                pg_proc.pronamespace <> to_regnamespace('bellwether')
                or pg_class.relkind in ('r', 'p', 'f', 'c')
                or dependent.class in (
                    'pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass,
                    'pg_policy'::regclass)
            )
        order by name
        """
}
