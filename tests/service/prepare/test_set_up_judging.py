"""What the figures of the set-up check mean: each threshold from both sides."""

from typing import Any

import pytest

from service.prepare.set_up_figures import Battery, Light, Picture, Screen, Sound, Speed
from service.prepare.set_up_judging import Finding, judge

GOOD_SOUND = {"speech": -20.0, "noise": -50.0, "peak": -6.0, "clipped": 0.0}
GOOD_LIGHT: dict[str, Any] = {
    "sheet": 0.6,
    "before": 0.1,
    "sheet_spread": 0.05,
    "sheet_colour": 0.1,
    "sheet_clipped": 0.0,
    "behind": 0.5,
    "behind_clipped": 0.0,
    "face_halves": [0.2, 0.3],
}


def of_sound(**changes: float) -> Finding:
    return judge(Sound.model_validate({**GOOD_SOUND, **changes}))


def of_light(**changes: Any) -> Finding:
    return judge(Light.model_validate({**GOOD_LIGHT, **changes}))


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "ok"),
        ({"noise": -40.0}, "ok"),
        ({"noise": -39.9}, "look_again"),
        ({"speech": -45.0, "noise": -70.0}, "ok"),
        ({"speech": -45.1, "noise": -70.0}, "look_again"),
        ({"clipped": 0.00099}, "ok"),
        ({"clipped": 0.001}, "look_again"),
        ({"peak": -80.0}, "ok"),
        ({"peak": -80.1}, "look_again"),
    ],
)
def test_sound(changes: dict[str, float], state: str) -> None:
    found = of_sound(**changes)
    assert found.state == state
    assert (found.advice is None) == (state == "ok")


def test_sound_has_its_figure_in_words() -> None:
    assert of_sound().words == "You can be heard well. Your voice is 30 dB louder than the room."
    assert (
        of_sound(noise=-35).words == "Your voice is 15 dB louder than the room. The guide is 20 dB or more."
    )
    assert of_sound(peak=-90).words == "Nothing was heard."


@pytest.mark.parametrize(
    ("width", "height", "rate", "state", "advice"),
    [
        (1280, 720, 20.0, "ok", False),
        (720, 1280, 30.0, "ok", False),
        (1280, 719, 20.0, "ok", True),
        (1280, 720, 19.9, "look_again", True),
        (1280, 720, 11.9, "look_again", True),
        (352, 288, 30.0, "ok", True),
        (320, 287, 30.0, "look_again", True),
    ],
)
def test_picture(width: int, height: int, rate: float, state: str, advice: bool) -> None:
    found = judge(Picture(width=width, height=height, counted=rate))
    assert (found.state, found.advice is not None) == (state, advice)


def test_frames_that_were_counted_go_before_those_that_were_promised() -> None:
    slow = judge(Picture(width=1280, height=720, frame_rate=30, counted=12.4))
    assert slow.words == (
        "1280 × 720 pixels, 12 pictures a second. It can look a little jerky: 20 or more look smooth."
    )
    promised = judge(Picture(width=1280, height=720, frame_rate=15))
    assert (promised.state, promised.words) == (
        "ok",
        "1280 × 720 pixels. The camera promises 15 pictures a second. They were not counted.",
    )
    assert judge(Picture(width=1280, height=720)).words == "1280 × 720 pixels."


@pytest.mark.parametrize(
    ("changes", "state", "says"),
    [
        ({}, "ok", "Light comes from the front."),
        ({"behind": 0.84}, "ok", "Light comes from the front."),
        ({"behind": 0.85}, "look_again", "1.4 times as bright as the sheet"),
        (
            {"sheet": 0.02, "before": 0.002, "behind": 0.6, "face_halves": [0.01, 0.01]},
            "look_again",
            "more than 20 times",
        ),
        ({"behind_clipped": 0.049}, "ok", "Light comes from the front."),
        ({"behind": 1.0, "sheet": 0.8, "behind_clipped": 0.05}, "look_again", "at least 1.3 times"),
        (
            {"sheet": 1.0, "sheet_clipped": 0.5, "behind": 1.0, "behind_clipped": 0.05},
            "look_again",
            "compared",
        ),
        ({"sheet": 1.0, "sheet_clipped": 0.9, "behind": 0.7}, "ok", "Light comes from the front."),
        ({"sheet": 0.1, "behind": 0.1, "face_halves": [0.05, 0.05]}, "ok", "Light comes from the front."),
        ({"sheet": 0.099, "behind": 0.1, "face_halves": [0.05, 0.05]}, "look_again", "dark grey"),
        ({"face_halves": [0.1, 0.4]}, "ok", "Light comes from the front."),
        ({"face_halves": [0.41, 0.1]}, "look_again", "4.1 times as bright as the other"),
        ({"sheet_spread": 0.2}, "ok", "Light comes from the front."),
        ({"sheet_spread": 0.21}, "look_again", "not judged"),
        ({"sheet_colour": 0.35}, "ok", "Light comes from the front."),
        ({"sheet_colour": 0.36}, "look_again", "not judged"),
        ({"face_halves": [0.61, 0.62]}, "look_again", "not judged"),
        ({"before": 0.39, "behind": 0.86}, "look_again", "1.4 times as bright"),
        ({"before": 0.41, "behind": 0.86}, "look_again", "not judged"),
        ({"before": 0.6, "behind": 0.5, "behind_clipped": 0.05}, "look_again", "not judged"),
        (
            {"before": 0.8, "sheet": 1.0, "sheet_clipped": 0.9, "behind": 1.0, "behind_clipped": 0.5},
            "look_again",
            "compared",
        ),
        (
            {"before": 1.0, "sheet": 1.0, "sheet_clipped": 0.9, "behind": 1.0, "behind_clipped": 0.5},
            "look_again",
            "not judged",
        ),
        ({"before": 0.6, "behind": 0.84}, "ok", "Light comes from the front."),
        ({"face_halves": [0.59, 0.62]}, "ok", "Light comes from the front."),
    ],
)
def test_light(changes: dict[str, Any], state: str, says: str) -> None:
    found = of_light(**changes)
    assert found.state == state
    assert says in found.words


@pytest.mark.parametrize(
    ("battery", "state", "words"),
    [
        (
            Battery(supported=True, charging=True, level=0.8),
            "ok",
            "Connected to power. The battery is at 80 %.",
        ),
        (Battery(supported=True, charging=False, level=0.8), "look_again", "Running on battery."),
        (Battery(supported=False), "look_again", "This browser does not tell about the battery."),
    ],
)
def test_battery(battery: Battery, state: str, words: str) -> None:
    found = judge(battery)
    assert found.state == state
    assert found.words.startswith(words)


def test_a_battery_that_is_low_is_charged_at_once() -> None:
    now, before = (judge(Battery(supported=True, charging=False, level=level)) for level in (0.199, 0.2))
    assert str(now.advice).startswith("Plug the charger in now")
    assert str(before.advice).startswith("Plug the charger in before the interview")


def test_screen() -> None:
    assert judge(Screen(supported=True, granted=True)).state == "ok"
    assert "refused" in judge(Screen(supported=True, granted=False)).words
    assert "cannot" in judge(Screen(supported=False)).words


@pytest.mark.parametrize(
    ("upload", "download", "state", "says"),
    [
        (10, 25, "ok", "10 up, 25 down. The guide is 10 up and 25 down."),
        (
            9.99,
            25,
            "look_again",
            "9.9 up, 25 down. The guide is 10 up and 25 down, in Mbps: the upload is below",
        ),
        (10, 24.99, "look_again", "24.9 down"),
        (10, 24, "look_again", "the download is below"),
        (1, 2, "look_again", "both are below"),
    ],
)
def test_speed(upload: float, download: float, state: str, says: str) -> None:
    found = judge(Speed(upload=upload, download=download))
    assert found.state == state
    assert says in found.words
