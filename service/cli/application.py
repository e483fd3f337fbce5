"""The `greenroom` command: the commands of `analysis` and those of the service."""

import logging

from analysis.cli import application
from analysis.cli.lazy_commands import FOR_DEVELOPERS, add_command, within

__all__ = ["application", "main"]

add_command(
    application,
    "serve",
    "Start Greenroom on this machine, and print the address of its pages.",
    within("service.cli.serve", "serve"),
)
add_command(
    application,
    "worker",
    "Start one more worker for a service that is running, so that more answers are analysed at once.",
    within("service.cli.worker", "worker"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "migrate",
    "Bring the database to this version before the nodes of a set-up are restarted one by one.",
    within("service.cli.migrate", "migrate"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "move-data",
    "Move everything that a set-up keeps to another one, which has to be empty.",
    within("service.cli.moving", "move_data"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "back-up",
    "Save everything that a set-up keeps in a folder, while it goes on serving.",
    within("service.cli.moving", "back_up"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "restore",
    "Put back what `back-up` saved. The set-up has to be empty, and its nodes and workers stopped.",
    within("service.cli.moving", "restore"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "remove-second-factor",
    "Turn off the second step of somebody who has lost both the phone and the recovery codes.",
    within("service.cli.second_factor", "remove_second_factor_of"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "progress",
    "Show how length, pace, pauses and fillers change over your answers, and how sure that is.",
    within("service.cli.progress", "progress"),
)
add_command(
    application,
    "labels",
    "Write the answers that you corrected as labelled speech, which `evaluate` reads.",
    within("service.cli.labelled_speech", "labels"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "seed-history",
    "Add made-up takes for demonstrations and tests. They are nobody's data, and have no sound.",
    within("service.cli.demo_data", "seed_history"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "seed-season",
    "Add a made-up season of three interviews for demonstrations and tests. They are nobody's data.",
    within("service.cli.demo_data", "seed_season"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "seed-cohort",
    "Add a made-up office for demonstrations and tests: advisers, applicants, a cohort and an assignment.",
    within("service.cli.demo_cohort", "seed_cohort"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "create-administrator",
    "Make the link by which an administrator makes their account, or sets a new password if there is one.",
    within("service.cli.administrator", "create_administrator"),
)
add_command(
    application,
    "export",
    "Save everything you have in one zip file: recordings, reports, transcripts, own questions.",
    within("service.cli.account_data", "export"),
)
add_command(
    application,
    "delete",
    "Delete everything you have: recordings, reports, transcripts, own questions. This cannot be undone.",
    within("service.cli.account_data", "delete"),
)


def main() -> None:
    """Entry point of the console script. `analysis.cli.failures` keeps stack traces from people."""
    logging.basicConfig(format="%(name)s: %(message)s", level=logging.WARNING)
    application()


if __name__ == "__main__":
    main()
