"""What the figures of the set-up check mean, in words, with the source of each threshold.

Only the room, the light and the devices are described, never the person. Light is judged by a sheet of white
paper and not by the face: skin reflects a few percent of the light or more than half of it, so that the
brightness of a face tells little about the light. Paper reflects the same before everybody.
"""

from dataclasses import dataclass
from typing import Literal

from analysis.formatting import number
from analysis.signal.quality import CLIPPING_AUDIBLE, GOOD_SIGNAL_TO_NOISE, QUIET_SPEECH
from service.prepare.set_up_figures import Battery, Figures, Light, Picture, Screen, Sound, Speed

State = Literal["ok", "look_again"]

SILENT_PEAK = -80.0
"""dB re full scale, three steps of a 16-bit converter: a microphone that is on has more noise of its own."""

SHARP_LINES = 720
"""Lines of a picture that the CORD advice for applicants calls sufficient ('720p')."""

READABLE_LINES = 288
"""Lines of the Common Intermediate Format, in which lips can be read well: EN 301 549, clause 6.5.1."""

SMOOTH = 20.0
"""Frames a second from which lips can be read well: EN 301 549, clause 6.5.1."""

USABLE = 12.0
"""Frames a second that are usable 'with some restrictions': EN 301 549, clause 6.5.1."""

BRIGHTER = 2**0.5
"""How much brighter than the sheet the background may be: a sheet that is tilted by 45 degrees gets 1/1.41 of
the light. White paper reflects about as much as any surface of a room, about 90 %, so that what is brighter
still gets more light than the sheet, or is a window or a lamp."""

WHITE_BEHIND = 0.05
"""Share of the background that may be pure white, for example the glare on a frame; our own limit, the same
share as that of the luminance `Light.behind`."""

SHEET_IS_WHITE = 0.5
"""Share of the sheet above which it is pure white as a whole, so that nothing can be compared with it."""

DARK_SHEET = 0.1
"""Luminance of a white sheet in a dark picture: more than three stops below white; our own limit."""

SIDE_LIGHT = 4.0
"""Ratio of the two halves of the face from which light is no longer that of a usual portrait, 2:1 to 4:1."""

SHEET_SPREAD = 0.2
SHEET_COLOUR = 0.35
"""Limits up to which an area can be a sheet of white paper, also in the light of a warm lamp; our own, tested
on made-up pictures."""

HELD_UP = 1.5
"""How much brighter the place of the sheet becomes when it is held up: before a grey shirt almost threefold;
our own limit, with room for a camera that darkens the picture meanwhile."""

AS_BRIGHT = 0.7
"""Share of the background's luminance from which a place that did not change can be white all the same: a
white shirt, which serves as well as paper."""

UPLOAD, DOWNLOAD = 10.0, 25.0
"""Mbps. A common guide for video interviews; meeting programs name less as their least."""

LOW_BATTERY = 0.2
"""Share of its charge below which computers themselves begin to warn."""


@dataclass(frozen=True)
class Finding:
    """What was found at one item.

    Attributes:
        state: `ok`, or `look_again` where something can be done; also where nothing could be told.
        words: one or two sentences with the figures.
        advice: what to do; None where nothing is to do.
    """

    state: State
    words: str
    advice: str | None = None


def judge(figures: Figures) -> Finding:
    """What these figures mean."""
    match figures:
        case Sound():
            return _sound(figures)
        case Picture():
            return _picture(figures)
        case Light():
            return _light(figures)
        case Battery():
            return _battery(figures)
        case Screen():
            return _screen(figures)
        case Speed():
            return _speed(figures)


def _sound(sound: Sound) -> Finding:
    if sound.peak < SILENT_PEAK:
        return Finding(
            "look_again",
            "Nothing was heard.",
            "Perhaps the microphone is muted, or another one is in use. Look for a switch on it.",
        )
    if sound.clipped * 100 >= CLIPPING_AUDIBLE:
        return Finding(
            "look_again",
            "It is too loud: the loudest parts are cut off.",
            "Move back a little, or make the microphone less loud.",
        )
    if sound.speech < QUIET_SPEECH:
        return Finding(
            "look_again",
            "It is too quiet.",
            "Move nearer to the microphone, to less than an arm's length. Or make it louder in the settings.",
        )
    between = sound.speech - sound.noise
    figure = f"Your voice is {number(between)} dB louder than the room"
    if between < GOOD_SIGNAL_TO_NOISE:
        return Finding(
            "look_again",
            f"{figure}. The guide is {number(GOOD_SIGNAL_TO_NOISE)} dB or more.",
            "Close a window or a door, turn off a fan, or use a headset.",
        )
    return Finding("ok", f"You can be heard well. {figure}.")


def _picture(picture: Picture) -> Finding:
    lines = min(picture.width, picture.height)
    size = f"{picture.width} × {picture.height} pixels"
    rate = picture.counted
    if rate is not None:
        words = f"{size}, {number(rate)} pictures a second."
    elif picture.frame_rate is not None:
        promised = f"The camera promises {number(picture.frame_rate)} pictures a second."
        words = f"{size}. {promised} They were not counted."
    else:
        words = f"{size}."
    if lines < READABLE_LINES:
        return Finding(
            "look_again",
            f"{words} At this size it is hard to see you speak.",
            "Choose another camera, or look for a larger picture in its settings.",
        )
    if rate is not None and rate < SMOOTH:
        jerky = "It will look jerky" if rate < USABLE else "It can look a little jerky"
        return Finding(
            "look_again",
            f"{words} {jerky}: {number(SMOOTH)} or more look smooth.",
            "Many cameras slow down in little light. Add light in front of you, or close other programs.",
        )
    if lines < SHARP_LINES:
        return Finding(
            "ok",
            words,
            f"This is enough. {SHARP_LINES} lines are sharper: look for 'HD' in the meeting program.",
        )
    return Finding("ok", words)


def _light(light: Light) -> Finding:
    white_behind = light.behind_clipped >= WHITE_BEHIND
    white_sheet = light.sheet_clipped >= SHEET_IS_WHITE
    if not _is_sheet(light):
        return Finding(
            "look_again",
            "No sheet of white paper came into its frame, so the light is not judged.",
            "Put the sheet down and press the button. Then hold the sheet flat in the frame.",
        )
    if white_sheet and white_behind:
        return Finding(
            "look_again",
            "The sheet and parts behind you are both pure white, so they cannot be compared.",
            "The camera makes the whole picture very bright. Look yourself: is anything behind you brighter?",
        )
    if light.behind >= BRIGHTER * light.sheet or (white_behind and not white_sheet):
        ratio = light.behind / max(light.sheet, 0.001)
        least = "at least " if white_behind else ""
        return Finding(
            "look_again",
            f"Light comes from behind you: parts there are {least}{_times(ratio)} as bright as the sheet.",
            "Turn so that you face the window. Or close the curtain, and put a lamp behind the camera.",
        )
    if light.sheet < DARK_SHEET:
        return Finding(
            "look_again",
            "The picture is dark: the white sheet looks dark grey.",
            "Put a lamp behind the camera, or sit facing a window.",
        )
    low, high = sorted(light.face_halves)
    uneven = high / max(low, 0.0005)
    if uneven > SIDE_LIGHT:
        return Finding(
            "look_again",
            f"Light comes from one side: half of the oval is {_times(uneven)} as bright as the other.",
            "Turn a little towards the light, or put a lamp on the other side.",
        )
    return Finding("ok", "Light comes from the front. Nothing behind you is much brighter than the sheet.")


def _is_sheet(light: Light) -> bool:
    """Whether the frame shows white paper: even, without colour, held up just now, and not dark.

    No skin reflects as much as white paper, so that a sheet in the same light is never darker. That it came
    into the frame is asked for besides: a dark jacket is brighter than very dark skin.
    """
    # Both are white where the exposure is long: then they compare as equal.
    darker = light.sheet < min(*light.face_halves, 0.9)
    white_all_along = light.sheet >= AS_BRIGHT * light.behind and light.behind_clipped < WHITE_BEHIND
    # A sheet that is pure white may be any number of times as bright as what was there before.
    turned_white = light.sheet_clipped >= SHEET_IS_WHITE and light.before < 0.9
    came = light.sheet >= HELD_UP * light.before or turned_white or white_all_along
    even = light.sheet_spread <= SHEET_SPREAD and light.sheet_colour <= SHEET_COLOUR
    return even and came and not darker


def _times(ratio: float) -> str:
    return "more than 20 times" if ratio > 20 else f"{number(ratio, 1)} times"


def _battery(battery: Battery) -> Finding:
    if not battery.supported or battery.charging is None:
        return Finding(
            "look_again",
            "This browser does not tell about the battery.",
            "Look for the sign of charging on the computer, then choose 'Done'.",
        )
    full = "" if battery.level is None else f" The battery is at {number(battery.level * 100)} %."
    if battery.charging:
        return Finding("ok", f"Connected to power.{full}")
    low = battery.level is not None and battery.level < LOW_BATTERY
    now = "Plug the charger in now" if low else "Plug the charger in before the interview"
    return Finding("look_again", f"Running on battery.{full}", f"{now}, and see that it charges.")


def _screen(screen: Screen) -> Finding:
    if not screen.supported:
        return Finding(
            "look_again",
            "This browser cannot keep the screen on.",
            "Set the screen to stay on for longer than the interview, then choose 'Done'.",
        )
    if not screen.granted:
        return Finding(
            "look_again",
            "The browser was asked to keep the screen on, and refused.",
            "Turn off the battery saver, or set the screen to stay on. Then check again.",
        )
    return Finding(
        "ok",
        "The browser keeps the screen on when it is asked to.",
        "Most meeting programs ask for it. Set the screen to stay on for longer all the same.",
    )


def _speed(speed: Speed) -> Finding:
    words = f"{_megabits(speed.upload)} up, {_megabits(speed.download)} down."
    guide = f"The guide is {number(UPLOAD)} up and {number(DOWNLOAD)} down"
    slow_up, slow_down = speed.upload < UPLOAD, speed.download < DOWNLOAD
    if not (slow_up or slow_down):
        return Finding("ok", f"{words} {guide}.")
    which = "both are" if slow_up and slow_down else "the upload is" if slow_up else "the download is"
    return Finding(
        "look_again",
        f"{words} {guide}, in Mbps: {which} below it.",
        "Use a cable, sit nearer to the router, or ask others to stay off. Then test again.",
    )


def _megabits(speed: float) -> str:
    """With a decimal where a whole number could seem to be on the other side of the guide."""
    return number(speed) if speed == int(speed) else number(int(speed * 10) / 10, 1)
