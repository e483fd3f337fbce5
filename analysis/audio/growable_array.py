"""An array that grows at its end, for what is worked out while a recording goes on."""

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)

_FIRST_ROOM = 4_096


class GrowingArray(Generic[Number]):
    """Rows that are appended in blocks, with few copies.

    Args:
        kind: of the numbers.
        width: numbers in a row; None for an array of one dimension.
    """

    def __init__(self, kind: type[Number], width: int | None = None) -> None:
        self._width = () if width is None else (width,)
        self._room: NDArray[Number] = np.empty((_FIRST_ROOM, *self._width), dtype=kind)
        self._filled = 0

    def __len__(self) -> int:
        return self._filled

    def append(self, rows: NDArray[Number]) -> None:
        """Adds rows at the end. A view that was given out before keeps its own, older rows."""
        needed = self._filled + len(rows)
        if needed > len(self._room):
            rows_of_room = max(needed, 2 * len(self._room))
            larger: NDArray[Number] = np.empty((rows_of_room, *self._width), self._room.dtype)
            larger[: self._filled] = self._room[: self._filled]
            self._room = larger
        self._room[self._filled : needed] = rows
        self._filled = needed

    def view(self) -> NDArray[Number]:
        """All rows so far; not to be written to."""
        return self._room[: self._filled]
