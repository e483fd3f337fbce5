"""Limits on what a process may use, which every Unix system offers.

The number of processes of a user is not among them: it counts all that this person runs, threads too.
`system_calls` refuses new processes instead.
"""

import os

MEMORY = 1 << 30
"""Bytes on top of what the process has at its start. Samples leave it as they are decoded; the rest are
packets, an index and codec buffers, which stay below 200 MB even for an hour of video."""

PROCESSOR_SECONDS = 600
"""An hour of sound takes about 10 s to decode, and at most a few passes over 32 tracks are made."""

OPEN_FILES = 32
"""The socket, the file, and some to spare."""


def limit_resources() -> bool:
    """Applies all limits to this process; they cannot be raised again. Returns whether memory is limited."""
    import resource  # not on Windows, where this module is loaded and not used

    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_CPU, PROCESSOR_SECONDS)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    return _lower(resource.RLIMIT_AS, _address_space() + MEMORY)


def limit_written_bytes(size: int) -> None:
    """Limits the length that any file may be written to; can only be lowered afterwards."""
    import resource

    _lower(resource.RLIMIT_FSIZE, size)


def _lower(kind: int, value: int) -> bool:
    import resource

    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(kind, (value, value))
    except (OSError, ValueError):
        # macOS refuses to limit the address space.
        return False
    return True


def _address_space() -> int:
    """Bytes of address space that this process has."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 1 << 30
