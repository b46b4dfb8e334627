"""Runs a command, and tells how long it took and how much memory it held at most.

    python3 measured.py FILE LIMIT COMMAND…

writes seconds, peak bytes and status into FILE as JSON; LIMIT is in seconds, 0 for none. It is a process of
its own because a child begins with the peak of whoever started it: this one is small. The peak is the
resident set's (ru_maxrss), in which pages of files mapped into memory count; of a command with children of
its own it is that of the largest of them.
"""

import json
import os
import signal
import sys
import time


def main(result, limit, *command):
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.execvp(command[0], command)
    stopped = False

    def stop(*_):
        nonlocal stopped
        stopped = True
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.signal(signal.SIGTERM, stop)
    if float(limit):
        signal.setitimer(signal.ITIMER_REAL, float(limit))
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - begin
    unit = 1 if sys.platform == "darwin" else 1024
    with open(result, "w", encoding="utf-8") as file:
        json.dump(
            {
                "seconds": seconds,
                "peak": usage.ru_maxrss * unit,
                "processor": usage.ru_utime + usage.ru_stime,
                "status": os.waitstatus_to_exitcode(status),
                "stopped": stopped,
            },
            file,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
