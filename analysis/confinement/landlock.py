"""Landlock: a Linux process gives up the right to open any file by its path.

Files that were opened before, or are received over a socket, can be used as before. There is no binding in
the C library, so its system calls are made by number; they have the same numbers on every architecture.
"""

import ctypes
import os
import sys

_CREATE_RULESET = 444
_RESTRICT_SELF = 446
_VERSION_FLAG = 1

_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""Version of Landlock from which on it knows so many rights on files: bits from 0 upwards."""

_NET_VERSION, _NET_RIGHTS = 4, 0b11
"""Binding and connecting TCP sockets."""

_SCOPE_VERSION, _SCOPES = 6, 0b11
"""Abstract Unix sockets and signals of processes outside."""

_NO_NEW_PRIVILEGES = 38
"""`PR_SET_NO_NEW_PRIVS`; Landlock requires it."""


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("file_rights", ctypes.c_uint64),
        ("net_rights", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


def landlock_version() -> int:
    """Version of Landlock that this system offers; 0 for none."""
    if sys.platform != "linux":
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)))


def give_up_files() -> bool:
    """Takes from this process all rights that Landlock knows. Returns whether the system offers it."""
    version = landlock_version()
    if version == 0:
        return False
    rights = max(count for since, count in _FILE_RIGHTS.items() if since <= version)
    ruleset = _Ruleset(
        file_rights=(1 << rights) - 1,
        net_rights=_NET_RIGHTS if version >= _NET_VERSION else 0,
        scopes=_SCOPES if version >= _SCOPE_VERSION else 0,
    )
    # Older versions refuse the members that they do not know.
    size = 8 if version < _NET_VERSION else 16 if version < _SCOPE_VERSION else ctypes.sizeof(ruleset)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    descriptor = libc.syscall(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if descriptor < 0:
        return False
    try:
        # No rule is added: everything that the ruleset handles is refused.
        return bool(libc.syscall(_RESTRICT_SELF, descriptor, 0) == 0)
    finally:
        os.close(descriptor)
