"""`python -m service.hosting`: the whole set-up for many people on this machine, until Ctrl+C.

`make run-cohort` runs it, to try Greenroom out as an office has it. Everything lies below one folder, and is
there again at the next start.
"""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from service.hosting.one_machine import OneMachine
from service.hosting.processes import DidNotStartError, MissingProgramError

DEFAULT_PORT = 8400
_LOOK_SECONDS = 1.0


def default_folder() -> Path:
    """Where root's programs can be entered by the accounts of PostgreSQL and nginx, or below the own home."""
    own = Path.home() / ".local" / "share"
    return (Path("/var/lib") if os.geteuid() == 0 else own) / "greenroom-cohort"


def main() -> int:
    """Starts the set-up, says where it is, and waits."""
    parser = argparse.ArgumentParser(
        prog="python -m service.hosting", description="Greenroom for many people"
    )
    parser.add_argument("--folder", type=Path, default=default_folder(), help="holds everything")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="of the pages")
    parser.add_argument("--nodes", type=int, default=2, help="web nodes")
    parser.add_argument("--workers", type=int, default=2, help="worker processes")
    parser.add_argument("--administrator", default="administrator@example.org", help="their e-mail address")
    options = parser.parse_args()
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        # In a thread: the handler may interrupt the main thread while it holds the lock of the event.
        signal.signal(each, lambda *_: threading.Thread(target=stop.set).start())
    try:
        machine = OneMachine(
            options.folder, nodes=options.nodes, workers=options.workers, proxy_port=options.port
        )
        machine.start()
        invited = machine.folder / "administrator-invited"
        if not invited.exists():
            link = machine.greenroom("create-administrator", options.administrator)
            invited.touch()
            _say(link.strip())
    except (MissingProgramError, DidNotStartError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _say(f"Greenroom is ready at {machine.origin}")
    _say(f"Everything is kept in {machine.folder}; its settings are in {machine.environment_file}")
    _say("Press Ctrl+C to stop.")
    try:
        while not stop.wait(_LOOK_SECONDS):
            for program in machine.programs.values():
                # As a service manager does with the units.
                program.start()
    finally:
        machine.stop()
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
