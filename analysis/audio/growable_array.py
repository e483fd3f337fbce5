"""An array that grows at its end, for values computed while a recording is in progress."""

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)

_INITIAL_CAPACITY = 4_096


class GrowableArray(Generic[Number]):
    """An array to which values are appended in blocks, in amortised constant time.

    Args:
        kind: of the values.
    """

    def __init__(self, kind: type[Number]) -> None:
        self._values: NDArray[Number] = np.empty(_INITIAL_CAPACITY, dtype=kind)
        self._filled = 0

    def __len__(self) -> int:
        return self._filled

    def append(self, values: NDArray[Number]) -> None:
        """Adds values at the end. Views returned earlier stay valid and keep their length."""
        needed = self._filled + len(values)
        if needed > len(self._values):
            larger: NDArray[Number] = np.empty(max(needed, 2 * len(self._values)), self._values.dtype)
            larger[: self._filled] = self._values[: self._filled]
            self._values = larger
        self._values[self._filled : needed] = values
        self._filled = needed

    def view(self) -> NDArray[Number]:
        """All values so far; not to be written to."""
        return self._values[: self._filled]
