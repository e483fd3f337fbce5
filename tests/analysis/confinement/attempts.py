"""What a hostile file might try, as tasks of a confined process; each says how it ended."""

import ctypes
import errno
import mmap
import os
import resource
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Any

from analysis.confinement.child import Call

LIBC = ctypes.CDLL(None, use_errno=True)
SYS_CLONE3 = 435
DONE = "done"


def attempt(action: Callable[[], object]) -> str:
    """`done`, or the name of the error with which the system refused it."""
    try:
        result = action()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    except MemoryError:
        return "ENOMEM"
    if result == -1:
        return errno.errorcode[ctypes.get_errno()]
    return DONE


def fork() -> int:
    """Ends the new process at once, if there is one."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    return child


def raw_clone() -> int:
    """A new process without the help of the C library: `clone(SIGCHLD)`."""
    number = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
    child = int(LIBC.syscall(number, signal.SIGCHLD, 0, 0, 0, 0))
    if child == 0:
        os._exit(0)
    return child


def in_thread() -> None:
    """Computes in another thread."""
    results: list[int] = []
    thread = threading.Thread(target=lambda: results.append(sum(range(1000))))
    thread.start()
    thread.join()
    if results != [499500]:
        raise OSError(errno.ECHILD, "the thread did not run")


def write_beyond(call: Call) -> int:
    """Writes a byte to the file that was given for reading."""
    return os.write(call.files[0].fileno(), b"x")


def executable_memory() -> None:
    """Memory for code of the file's own."""
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


ACTIONS: Mapping[str, Callable[[Call], object]] = {
    "open": lambda _: os.open("/etc/passwd", os.O_RDONLY),
    "open by descriptor": lambda call: os.open(f"/proc/self/fd/{call.files[0].fileno()}", os.O_RDONLY),
    "create": lambda _: os.open("/tmp/made-by-a-confined-process", os.O_CREAT | os.O_WRONLY),
    "list": lambda _: os.listdir("/"),
    "delete": lambda _: os.unlink("/tmp/not-there"),
    "socket": lambda _: socket.socket(socket.AF_INET),
    "unix socket": lambda _: socket.socket(socket.AF_UNIX),
    "execute": lambda _: os.execve("/bin/true", ["true"], {}),
    "fork": lambda _: fork(),
    "clone": lambda _: raw_clone(),
    "clone3": lambda _: LIBC.syscall(SYS_CLONE3, None, 0),
    "trace": lambda call: LIBC.ptrace(16, call.arguments["parent"], None, None),
    "signal": lambda call: os.kill(call.arguments["parent"], 0),
    "allocate": lambda _: bytearray(3 << 30),
    "executable memory": lambda _: executable_memory(),
    "raise limits": lambda _: LIBC.setrlimit(resource.RLIMIT_CPU, (ctypes.c_ulong * 2)(2**40, 2**40)),
    "write beyond": write_beyond,
    "thread": lambda _: in_thread(),
    "read what was given": lambda call: call.files[0].read(1),
}


def try_one(call: Call) -> Mapping[str, Any]:
    """Tries the action of a name."""
    action = ACTIONS[call.arguments["action"]]
    return {"outcome": attempt(lambda: action(call))}


def crash(_: Call) -> Mapping[str, Any]:
    """Ends as a decoder with a fault in its memory does."""
    ctypes.string_at(0)
    return {}


def spin(call: Call) -> Mapping[str, Any]:
    """Never ends."""
    call.tell(16)
    while True:
        pass


def swell(call: Call) -> Mapping[str, Any]:
    """Sends a message longer than any may be."""
    call.tell(16, bytes(5 << 20))
    return {}


def environment(_: Call) -> Mapping[str, Any]:
    """The names of the variables that it was given."""
    return {"names": sorted(os.environ)}


TASKS = {"try_one": try_one, "crash": crash, "spin": spin, "swell": swell, "environment": environment}
