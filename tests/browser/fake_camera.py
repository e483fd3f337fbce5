"""Scenes for a camera that is a file: somebody before a wall, lit from the front or from behind."""

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 30
"""Frames a second at which Chromium plays a file of JPEG pictures."""


@dataclass(frozen=True)
class Scene:
    """How bright the parts of a picture are, as values of sRGB from 0 to 255.

    Attributes:
        wall: behind the head.
        window: part of the wall, beside the head.
        face: its two halves.
        sheet: white paper before the chest; None without it.
    """

    wall: int = 150
    window: int = 150
    face: tuple[int, int] = (150, 130)
    sheet: int | None = 205


FRONT = Scene()
BEHIND = Scene(wall=120, window=255, face=(45, 45), sheet=80)


def picture(scene: Scene, width: int = 1280, height: int = 720) -> NDArray[np.uint8]:
    """RGB, shape (height, width, 3)."""
    rows, columns = np.mgrid[0:height, 0:width]
    y, x = (rows + 0.5) / height, (columns + 0.5 - width / 2) / height
    grey = np.full((height, width), scene.wall, dtype=np.uint8)
    grey[(x > 0.45) & (x < 0.75) & (y < 0.55)] = scene.window
    grey[(((x / 0.42) ** 2 + ((y - 1.0) / 0.34) ** 2) < 1)] = 40
    head = (x / 0.19) ** 2 + ((y - 0.37) / 0.25) ** 2
    grey[head < 1.1] = 30
    grey[(head < 0.85) & (x < 0)], grey[(head < 0.85) & (x >= 0)] = scene.face
    if scene.sheet is not None:
        grey[(y > 0.67) & (y < 0.96) & (np.abs(x) < 0.22)] = scene.sheet
    return np.dstack([grey, grey, grey])


def write_camera(path: Path, scene: Scene, *, width: int = 1280, height: int = 720) -> Path:
    """The file as Chromium reads it, again and again: JPEG pictures, `path` ends in `.mjpeg`."""
    with av.open(str(path), mode="w", format="mjpeg") as container:
        stream = container.add_stream("mjpeg", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        still = picture(scene, width, height)
        for _ in range(2):
            frame = av.VideoFrame.from_ndarray(still, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def camera_arguments(camera: Path) -> list[str]:
    """Arguments of a Chromium that has this camera."""
    return ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera}"]
