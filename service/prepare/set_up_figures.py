"""Figures that the page measures for the set-up check, as it sends them. Nothing is judged here.

Levels of sound are in dB re full scale. Luminances are those of sRGB, linear in light, from 0 (black) to
1 (white), with the weights of ITU-R BT.709; they only compare parts of one picture with each other.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Decibels = Annotated[float, Field(ge=-200, le=20, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Luminance = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Pixels = Annotated[int, Field(ge=1, le=100_000)]
PerSecond = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Megabits = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]


class _Figures(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Sound(_Figures):
    """Three seconds of speech."""

    speech: Decibels = Field(description="Level of the loud frames: speech.")
    noise: Decibels = Field(description="Level of the quiet frames: what is heard between words.")
    peak: Decibels
    clipped: Share = Field(description="Share of samples in flat tops.")


class Picture(_Figures):
    """What the camera gives."""

    width: Pixels
    height: Pixels
    frame_rate: PerSecond | None = Field(default=None, description="What the track says.")
    counted: PerSecond | None = Field(default=None, description="Frames that were counted, a second.")


class Light(_Figures):
    """Parts of one picture: a sheet of white paper, the place of the face, and what is behind.

    The two halves of the face are compared only with each other, never with anything else, so that the
    reflectance of skin drops out.
    """

    sheet: Luminance = Field(description="Mean of the place of the sheet.")
    before: Luminance = Field(description="The same place before the sheet was held up.")
    sheet_spread: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = Field(
        description="Standard deviation of the sheet's luminance as a share of its mean."
    )
    sheet_colour: Share = Field(description="Distance from grey: (most - least) / most of its R, G, B.")
    sheet_clipped: Share = Field(description="Share of the sheet that is pure white.")
    behind: Luminance = Field(description="Luminance that 5 % of the background exceed.")
    behind_clipped: Share = Field(description="Share of the background that is pure white.")
    face_halves: Annotated[list[Luminance], Field(min_length=2, max_length=2)] = Field(
        description="Medians of the left and the right half of the place of the face."
    )


class Battery(_Figures):
    """What the browser tells of the battery."""

    supported: bool
    charging: bool | None = None
    level: Share | None = None


class Screen(_Figures):
    """Whether the browser keeps the screen on when it is asked to."""

    supported: bool
    granted: bool = False


class Speed(_Figures):
    """What a speed test said, in Mbps, as the person typed it."""

    upload: Megabits
    download: Megabits


Figures = Sound | Picture | Light | Battery | Screen | Speed
