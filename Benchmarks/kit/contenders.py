"""Who loads the same files into the same server: bellwether, psql's \\copy, a diff written by hand."""

import os

from .commands import ROOT
from .deals import COLUMNS, TYPES

# What each contender must agree on: the records that are current after a load, whatever their order.
_CONTENT = """
select count(*) || ' ' || coalesce(sum(hashtextextended(concat_ws('|', id, name, stage, trim_scale(amount),
    close_date, next_step, loss_reason), 0)::numeric), 0) from ({current}) as current_row
"""


def psql(place, database, *words):
    """The command psql, without a person's own settings."""
    return ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", place.url(database), *words]


def identifiers(columns=COLUMNS):
    """The columns' names in SQL."""
    return ", ".join(column.lower() for column in columns)


def typed_columns():
    """The columns with their types."""
    return ", ".join(f"{column.lower()} {TYPES.get(column, 'text')}" for column in COLUMNS)


class Contender:
    """One way to load. Times are of whole commands; what prepares them is not counted."""

    #: As it stands in the table.
    name = ""
    #: Whether it keeps history, so that its versions can be compared.
    keeps_history = False
    #: Whether it is stopped after a while and left out where it is not installed.
    is_peer = False
    #: Its current records as id, name, stage, amount, close_date, next_step, loss_reason.
    current = ""
    #: A query for the number of its versions.
    versions = ""

    def __init__(self, place):
        self.place = place
        self.database = "bench_" + self.key

    @property
    def key(self):
        """Its name among the files and in the results."""
        return type(self).__name__.lower()

    def missing(self):
        """Why it cannot take part; None when it can."""
        return None

    def version(self):
        """Its name with its version."""
        return ""

    def prepare(self):
        """An empty database."""
        self.place.create(self.database)

    def load(self, path, day, limit=0):
        """Loads a night's file."""
        raise NotImplementedError

    def recover(self):
        """Ends what goes on in the server after it was stopped."""
        self.place.sql(
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{self.database}'",
            "postgres",
        )

    def content(self):
        """A fingerprint of the current records: their number and a hash."""
        return self.place.sql(_CONTENT.format(current=self.current), self.database)

    def version_count(self):
        """How many versions it holds."""
        return int(self.place.sql(self.versions, self.database))


class Bellwether(Contender):
    """`bellwether load`."""

    name = "bellwether load"
    keeps_history = True
    current = """select id, name, stage_id as stage, amount, close_date, next_step, loss_reason
        from bellwether.opportunity"""
    versions = "select count(*) from bellwether.opportunity_history"

    def version(self):
        return "bellwether " + self.place.run([self.place.binary, "--version"]).strip()

    def prepare(self):
        super().prepare()
        self.place.run([self.place.binary, "migrate", "--db", self.place.url(self.database)])

    def load(self, path, day, limit=0):
        mapping = os.path.join(ROOT, "Benchmarks", "opportunity.yml")
        return self.place.measure(
            [
                self.place.binary, "load", mapping, os.path.dirname(path), "--date", day,
                "--db", self.place.url(self.database),
            ]
        )


class CopyText(Contender):
    """`\\copy` into text columns: PostgreSQL's own floor, which checks nothing and keeps no history."""

    name = "\\copy, all text"
    current = """select id, name, stagename as stage, amount::numeric as amount, closedate::date as close_date,
        nextstep as next_step, nullif(lossreason, '') as loss_reason from opportunity"""

    def table(self):
        """The statement that makes its table."""
        return f"create table opportunity ({', '.join(column.lower() + ' text' for column in COLUMNS)})"

    def version(self):
        return self.place.run(["psql", "--version"]).strip()

    def load(self, path, day, limit=0):
        copy = rf"\copy opportunity ({identifiers()}) from '{path}' (format csv, header)"
        self.place.sql("drop table if exists opportunity", self.database)
        return self.place.measure(psql(self.place, self.database, "-c", self.table(), "-c", copy))


class CopyTyped(CopyText):
    """`\\copy` into typed columns with a primary key: what every ratio is measured against."""

    name = "\\copy, typed with key"

    def table(self):
        return f"create table opportunity ({typed_columns()}, primary key (id))"


class SQLDiff(Contender):
    """The set-based diff that a good engineer writes by hand: stage, full join, close, insert."""

    name = "SQL diff by hand"
    keeps_history = True
    current = """select id, name, stagename as stage, amount, closedate as close_date, nextstep as next_step,
        lossreason as loss_reason from history where valid_to = 'infinity'"""
    versions = "select count(*) from history"

    def version(self):
        return self.place.run(["psql", "--version"]).strip()

    def prepare(self):
        super().prepare()
        self.place.sql(
            f"""create table history ({typed_columns()}, valid_from date not null,
                valid_to date not null default 'infinity', primary key (id, valid_from));
            create unique index history_current on history (id) where valid_to = 'infinity'""",
            self.database,
        )

    def load(self, path, day, limit=0):
        columns = identifiers()
        others = [column.lower() for column in COLUMNS if column != "Id"]
        old = ", ".join(f"history.{column}" for column in others)
        new = ", ".join(f"staging.{column}" for column in others)
        script = self.place.path("diff.sql")
        with open(script, "w", encoding="utf-8") as file:
            file.write(
                rf"""begin;
create temporary table staging ({typed_columns()}) on commit drop;
\copy staging ({columns}) from '{path}' (format csv, header)
analyze staging;
create temporary table difference on commit drop as
select coalesce(staging.id, current.id) as id, staging.id is null as is_gone, current.id is null as is_new
from staging
full join (select * from history where valid_to = 'infinity') as current on current.id = staging.id
where staging.id is null or current.id is null
    or ({new}) is distinct from ({old.replace('history.', 'current.')});
analyze difference;
update history set valid_to = '{day}'
from difference
where history.id = difference.id and history.valid_to = 'infinity' and not difference.is_new;
insert into history ({columns}, valid_from)
select {', '.join('staging.' + column.lower() for column in COLUMNS)}, '{day}'
from staging join difference on difference.id = staging.id;
commit;
"""
            )
        return self.place.measure(psql(self.place, self.database, "-f", script))
