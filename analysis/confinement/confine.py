"""Takes from this process what work on an untrusted file does not need, as far as the system allows."""

from typing import Literal

from analysis.confinement.landlock import give_up_files
from analysis.confinement.limits import limit_resources, limit_written_bytes
from analysis.confinement.system_calls import give_up_system_calls, load_libseccomp

Protection = Literal["separate process", "resource limits", "landlock", "seccomp"]

PROTECTIONS: tuple[Protection, ...] = ("separate process", "resource limits", "landlock", "seccomp")


def confine(written_bytes: int = 0) -> tuple[Protection, ...]:
    """Applies all protections to this process, for good, and returns those that are in force.

    Args:
        written_bytes: up to which length it may write to files that it is given.
    """
    libseccomp = load_libseccomp()
    limit_written_bytes(written_bytes)
    applied = {
        "separate process": True,
        "resource limits": limit_resources(),
        "landlock": give_up_files(),
        "seccomp": give_up_system_calls(libseccomp),
    }
    return tuple(protection for protection in PROTECTIONS if applied[protection])
