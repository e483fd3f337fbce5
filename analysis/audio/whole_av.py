"""PyAV imports the modules for a kind of stream when it meets one, which a confined process no longer can."""

import importlib
import pkgutil

import av


def import_all_of_av() -> None:
    """Imports all of its modules, before the process confines itself."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
