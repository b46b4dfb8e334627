"""Commands run and measured, and the one server that all contenders share."""

import functools
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from urllib.parse import quote

_HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(_HERE))


class Failure(Exception):
    """A command that had to work did not."""


@dataclass
class Run:
    """What a measured command took: seconds, bytes of memory at most, seconds of processor."""

    seconds: float
    peak: int
    processor: float = 0
    stopped: bool = False

    def __add__(self, other):
        return Run(
            self.seconds + other.seconds,
            max(self.peak, other.peak),
            self.processor + other.processor,
            self.stopped or other.stopped,
        )


class Workplace:
    """A folder for one benchmark, and in it the private server that bellwether starts with its own settings."""

    def __init__(self, folder, binary):
        self.folder = os.path.abspath(folder)
        self.binary = os.path.abspath(binary)
        os.makedirs(self.folder, exist_ok=True)
        # The server may run as another user, who must get through.
        os.chmod(self.folder, 0o755)
        # Whatever server the environment or a bellwether.yml names has no business here.
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PG", "BELLWETHER_"))
        }
        self.environment.update(
            BELLWETHER_HOME=self.path("home"),
            XDG_CONFIG_HOME=self.path("config"),
            LC_ALL="C.UTF-8",
            NO_COLOR="1",
            DO_NOT_TRACK="1",
        )
        if os.environ.get("BELLWETHER_PG_BIN"):
            self.environment["BELLWETHER_PG_BIN"] = os.environ["BELLWETHER_PG_BIN"]

    def path(self, *names):
        """A path below the folder."""
        return os.path.join(self.folder, *names)

    # The server

    def start(self):
        """Starts the server."""
        self.run([self.binary, "db", "start"])
        self._url = self.run([self.binary, "db", "url"]).strip()
        self.socket = os.path.dirname(self.sql("show unix_socket_directories", "postgres") + "/")

    def stop(self):
        """Stops the server; its data stay."""
        self.run([self.binary, "db", "stop"])

    def url(self, database):
        """A database's URL."""
        head, _, query = self._url.partition("?")
        return f"{head.rpartition('/')[0]}/{quote(database)}" + (f"?{query}" if query else "")

    def create(self, database):
        """Makes a database anew, empty."""
        self.drop(database)
        self.sql(f'create database "{database}" template template0', "postgres")

    def drop(self, database):
        """Removes a database."""
        self.sql(f'drop database if exists "{database}" with (force)', "postgres")

    def sql(self, text, database):
        """The answer to a statement, unaligned, without header."""
        return self.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), "-c", text]
        ).strip()

    def rest(self, patience=300):
        """Lets the server finish what an earlier contender left to it, so that the next one does not pay."""
        self.sql("checkpoint", "postgres")
        question = "select count(*) from pg_stat_activity where backend_type = 'autovacuum worker'"
        end = time.monotonic() + patience
        while self.sql(question, "postgres") != "0" and time.monotonic() < end:
            time.sleep(0.5)

    # Commands

    def run(self, command, **options):
        """Runs a command that must work; gives what it printed."""
        environment = {**self.environment, **options.pop("environment", {})}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, **options)
        if done.returncode:
            raise Failure(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def measure(self, command, limit=0, environment=None, folder=None):
        """Runs a command that must work, or is stopped after `limit` seconds; gives what it took."""
        result, log = self.path("measured.json"), self.path("measured.log")
        with open(log, "w", encoding="utf-8") as output:
            subprocess.run(
                [sys.executable, os.path.join(_HERE, "measured.py"), result, str(limit), *command],
                env={**self.environment, **(environment or {})},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=True,
            )
        with open(result, encoding="utf-8") as file:
            found = json.load(file)
        status = found.pop("status")
        run = Run(**found)
        if status and not run.stopped:
            with open(log, encoding="utf-8", errors="replace") as file:
                raise Failure(f"{' '.join(command)}: status {status}\n{file.read()[-4000:]}")
        return run


@functools.cache
def commit():
    """The program's commit, with a plus where files differ from it; empty outside a repository."""
    def git(*words):
        done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain") else "")


def machine():
    """What the figures were taken on: processors and memory, nothing that tells one machine from another."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = os.uname()
    return f"{os.cpu_count()} processors, {memory:.0f} GiB, {system.sysname} {system.machine}"
