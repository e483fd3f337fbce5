"""Runs a coroutine where a browser of other tests may have a loop running in this thread."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def in_own_loop(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine, which runs in a thread and a loop of its own."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, coroutine).result()
