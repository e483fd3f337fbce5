"""The `greenroom` command: the commands of `analysis` and those of the service."""

import logging

from analysis.cli import application
from analysis.cli.lazy_commands import add_command, within

__all__ = ["application", "main"]

add_command(
    application,
    "serve",
    "Start the service on this machine.",
    within("service.cli.serve", "serve"),
)
add_command(
    application,
    "worker",
    "Start one more worker for a service that is running.",
    within("service.cli.worker", "worker"),
)
add_command(
    application,
    "progress",
    "Show how length, pace, pauses and fillers change over your takes, and how sure that is.",
    within("service.cli.progress", "progress"),
)
add_command(
    application,
    "labels",
    "Write your corrected answers as labelled speech, as `evaluate` reads it.",
    within("service.cli.labelled_speech", "labels"),
)
add_command(
    application,
    "seed-history",
    "Add made-up takes for demonstrations and tests. They are nobody's data, and have no sound.",
    within("service.cli.demo_data", "seed_history"),
)
add_command(
    application,
    "export",
    "Export all your data to one zip file: recordings, reports, transcripts, own questions.",
    within("service.cli.account_data", "export"),
)
add_command(
    application,
    "delete",
    "Delete all your data: recordings, reports, transcripts, own questions. This cannot be undone.",
    within("service.cli.account_data", "delete"),
)


def main() -> None:
    """Entry point of the console script. `analysis.cli.failures` keeps stack traces from people."""
    logging.basicConfig(format="%(name)s: %(message)s", level=logging.WARNING)
    application()


if __name__ == "__main__":
    main()
