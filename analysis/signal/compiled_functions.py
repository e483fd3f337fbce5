"""librosa, whose compiled functions are loaded by one process at a time.

librosa compiles some functions when it is first loaded on a machine, and keeps them on disk. Two processes
that do so at once may keep parts that do not fit together, and every later process that loads these
dies of a segmentation fault (https://github.com/numba/numba/issues/10128). So they are loaded under a lock.
Compiling takes half a minute: `make install` does it, so that nobody's first report waits for it.
"""

from functools import cache
from importlib import import_module
from types import ModuleType

from filelock import FileLock
from platformdirs import user_cache_path

_COMPILED = ("librosa.util.utils", "librosa.core.audio", "librosa.core.pitch")
"""The modules of which something is compiled as they are loaded, of those that are used."""
_PATIENCE = 120.0
"""Seconds to wait for another process."""


@cache
def librosa() -> ModuleType:
    """The library, with what it compiles at its loading: seconds in each process, more on a new machine."""
    folder = user_cache_path("greenroom", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "compiling.lock", timeout=_PATIENCE):
            return _load()
    except (OSError, NotImplementedError):
        # No folder to write to, no locks on it, or waited too long: alone it goes well, too.
        return _load()


def _load() -> ModuleType:
    for module in _COMPILED:
        import_module(module)
    return import_module("librosa")


if __name__ == "__main__":
    librosa()
