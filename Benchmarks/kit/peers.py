"""Peers that do the same job, keeping the history of a full snapshot: dbt and dlt."""

import os
import shutil

from .commands import ROOT
from .contenders import Contender, CopyText, identifiers, psql


class Peer(Contender):
    """A program out of the folder PEERS, left out where it is not installed, stopped when it takes too long."""

    keeps_history = True
    is_peer = True

    def _program(self, name):
        return os.path.join(os.environ.get("PEERS") or os.path.join(ROOT, ".build", "peers"), "bin", name)

    def missing(self):
        if os.environ.get("PEERS") == "none":
            return "left out"
        if not os.path.exists(self._program(self.key)):
            return "not installed (scripts/peers)"
        return None

    def version(self):
        code = f"from importlib.metadata import version; print(*(p + ' ' + version(p) for p in {self.packages}))"
        return self.place.run([self._program("python"), "-c", code]).strip()


class DBT(Peer):
    """`dbt snapshot`, strategy check over all columns; its raw load, by `\\copy` into text columns, counts."""

    name = "dbt snapshot"
    packages = ["dbt-core", "dbt-postgres"]
    current = CopyText.current.replace("from opportunity", "from history.opportunity where dbt_valid_to is null")
    versions = "select count(*) from history.opportunity"

    def prepare(self):
        super().prepare()
        self.place.sql(CopyText(self.place).table(), self.database)
        self.folder = self.place.path("dbt")
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(os.path.join(ROOT, "Benchmarks", "dbt"), self.folder)

    def load(self, path, day, limit=0):
        copy = rf"\copy opportunity ({identifiers()}) from '{path}' (format csv, header)"
        raw = self.place.measure(
            psql(self.place, self.database, "-c", "truncate opportunity", "-c", copy), limit=limit
        )
        return raw + self.place.measure(
            [self._program("dbt"), "snapshot", "--project-dir", self.folder, "--profiles-dir", self.folder],
            limit=limit and max(limit - raw.seconds, 1),
            environment={"BENCH_SOCKET": self.place.socket, "BENCH_DATABASE": self.database},
            folder=self.folder,
        )


class DLT(Peer):
    """dlt with write disposition merge, strategy scd2, reading the file itself."""

    name = "dlt scd2"
    packages = ["dlt", "pandas"]
    current = """select id, name, stage_name as stage, amount::numeric as amount, close_date::date as close_date,
        next_step, nullif(loss_reason, '') as loss_reason from history.opportunity where _dlt_valid_to is null"""
    versions = "select count(*) from history.opportunity"

    def prepare(self):
        super().prepare()
        self.folder = self.place.path("dlt")
        self._forget()

    def recover(self):
        super().recover()
        # Its half-done package would be taken up again; what it needs to know stands in the database too.
        self._forget()

    def _forget(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)

    def load(self, path, day, limit=0):
        script = os.path.join(ROOT, "Benchmarks", "kit", "dlt_load.py")
        return self.place.measure(
            [
                self._program("python"), script, os.path.dirname(path),
                # dlt wants a host and a password; the socket's folder wins, and nobody asks for a password.
                f"postgresql://bellwether:none@localhost/{self.database}?host={self.place.socket}", self.folder,
            ],
            limit=limit,
            environment={
                "RUNTIME__DLTHUB_TELEMETRY": "false",
                "RUNTIME__LOG_LEVEL": "ERROR",
                "XDG_DATA_HOME": self.folder,
                "HOME": self.folder,
            },
            folder=self.folder,
        )
