"""seccomp: a Linux process gives up all system calls but those that computing needs.

What is not in the list fails with EPERM: opening and looking for files, sockets, other programs, new
processes, signals to others, tracing, memory that can be executed. Threads stay possible: codecs use them.

The filter is made with libseccomp, which knows the numbers of the calls on every architecture. It is called
directly, so that a laptop needs no further Python package; systemd depends on it, so most systems have it.
"""

import ctypes
import errno
import mmap
import os
import sys

_ALLOW = 0x7FFF0000
_FAIL = 0x00050000
"""`SCMP_ACT_ERRNO`, to which the error number is added."""

_EQUAL, _MASKED_EQUAL = 4, 7

_CLONE_THREAD = 0x00010000
_AT_EMPTY_PATH = 0x1000

_OPEN_FILES = ("read", "readv", "pread64", "write", "writev", "pwrite64", "lseek", "close", "dup", "fcntl")
_LENGTH_AND_WAITING = ("ftruncate", "fstat", "poll", "ppoll")
_SOCKET = ("recvfrom", "recvmsg", "sendto", "sendmsg")
_MEMORY = ("brk", "munmap", "mremap", "madvise")
_THREADS = ("futex", "futex_waitv", "set_robust_list", "get_robust_list", "rseq", "membarrier", "gettid")
_SCHEDULE = ("getpid", "sched_yield", "sched_getaffinity")
_SIGNALS = ("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall")
_TIME = ("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time")
_OTHERS = ("getrandom", "exit", "exit_group")
ALLOWED = (
    *(*_OPEN_FILES, *_LENGTH_AND_WAITING, *_SOCKET, *_MEMORY),
    *(*_THREADS, *_SCHEDULE, *_SIGNALS, *_TIME, *_OTHERS),
)
"""System calls that may be made with any arguments."""


class _Comparison(ctypes.Structure):
    """A condition on one argument of a call."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operation", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


def load_libseccomp() -> ctypes.CDLL | None:
    """The library, while files can still be opened; None where there is none."""
    if sys.platform != "linux":
        return None
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return None
    library.seccomp_init.argtypes = (ctypes.c_uint32,)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_release.argtypes = (ctypes.c_void_p,)
    library.seccomp_release.restype = None
    library.seccomp_load.argtypes = (ctypes.c_void_p,)
    library.seccomp_syscall_resolve_name.argtypes = (ctypes.c_char_p,)
    library.seccomp_rule_add_array.argtypes = (
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p),
    )
    return library


def give_up_system_calls(library: ctypes.CDLL | None) -> bool:
    """Applies the filter to this process. Returns whether the system offers it.

    Everything that will be imported must have been: no file can be opened afterwards.

    Args:
        library: from `load_libseccomp`.
    """
    if library is None:
        return False
    context = library.seccomp_init(_FAIL | errno.EPERM)
    if not context:
        return False
    try:
        for name in ALLOWED:
            _add(library, context, _ALLOW, name)
        for name in ("mmap", "mprotect"):
            _add(library, context, _ALLOW, name, _Comparison(2, _MASKED_EQUAL, mmap.PROT_EXEC, 0))
        threads_only = _Comparison(0, _MASKED_EQUAL, _CLONE_THREAD, _CLONE_THREAD)
        _add(library, context, _ALLOW, "clone", threads_only)
        # Its flags lie in memory that a filter cannot read. Without it, the C library uses clone.
        _add(library, context, _FAIL | errno.ENOSYS, "clone3")
        # How the C library asks for the length of an open file.
        of_open_files = _Comparison(3, _MASKED_EQUAL, _AT_EMPTY_PATH, _AT_EMPTY_PATH)
        _add(library, context, _ALLOW, "newfstatat", of_open_files)
        # abort()
        _add(library, context, _ALLOW, "tgkill", _Comparison(0, _EQUAL, os.getpid(), 0))
        # Its own limits may be read, for the size of a new thread's stack.
        own, unchanged = _Comparison(0, _EQUAL, 0, 0), _Comparison(2, _EQUAL, 0, 0)
        _add(library, context, _ALLOW, "prlimit64", own, unchanged)
        return bool(library.seccomp_load(context) == 0)
    finally:
        library.seccomp_release(context)


def _add(library: ctypes.CDLL, context: int, action: int, name: str, *conditions: _Comparison) -> None:
    """Adds a rule; a call that this architecture or an old libseccomp does not have needs none.

    Raises:
        OSError: libseccomp refuses the rule.
    """
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number < 0:
        return
    array = (_Comparison * len(conditions))(*conditions)
    status = library.seccomp_rule_add_array(context, action, number, len(conditions), array)
    if status < 0:
        raise OSError(-status, os.strerror(-status))
