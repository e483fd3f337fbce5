"""Imports librosa in one process at a time, because of its compiled functions.

librosa compiles some functions when it is first imported on a machine and caches them on disk. Two processes
that do this at once may write inconsistent files, and every later process that loads them dies of a
segmentation fault (https://github.com/numba/numba/issues/10128). So they are imported under a lock. Compiling
takes half a minute: `make install` does it, so that the first report need not wait for it.
"""

from functools import cache
from importlib import import_module
from types import ModuleType

from filelock import FileLock
from platformdirs import user_cache_path

_COMPILED = ("librosa.util.utils", "librosa.core.audio", "librosa.core.pitch")
"""Modules used here that compile functions when they are imported."""
_PATIENCE = 120.0
"""Seconds to wait for another process."""


@cache
def librosa() -> ModuleType:
    """The library; importing it takes seconds in each process, and more on a new machine."""
    folder = user_cache_path("greenroom", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "compiling.lock", timeout=_PATIENCE):
            return _load()
    except (OSError, NotImplementedError):
        # No writable folder, no support for locks, or a timeout: without the lock it usually works, too.
        return _load()


def _load() -> ModuleType:
    for module in _COMPILED:
        import_module(module)
    return import_module("librosa")


if __name__ == "__main__":
    librosa()
