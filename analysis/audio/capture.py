"""What a browser did to the sound before it was recorded, and what that makes less sure.

Greenroom asks for none of it, but some devices and browsers leave it on. Noise suppression turns quiet sound
into silence: soft filled pauses and breaths go with it, the edges of pauses move, and the noise that the
signal-to-noise ratio is measured against is gone. Automatic gain changes the level while somebody speaks, so
neither that ratio nor clipping is of the sound as it was. Echo cancellation works on what the device itself
plays; nothing plays here, so it is told and lowers no state.
"""

from collections.abc import Mapping
from dataclasses import dataclass

BROWSER_PROCESSING = "browser_processing"
"""The reason of a state, and the code of the notice."""


@dataclass(frozen=True)
class Processing:
    """What stayed on. What the browser did not tell counts as off: nothing is lowered on a guess."""

    noise_suppression: bool = False
    automatic_gain: bool = False
    echo_cancellation: bool = False

    @classmethod
    def from_settings(cls, settings: Mapping[str, object] | None) -> "Processing":
        """From what a track's `getSettings()` said, by the names of the API; None where nothing is known."""
        told = settings or {}
        return cls(
            noise_suppression=told.get("noise_suppression") is True,
            automatic_gain=told.get("auto_gain_control") is True,
            echo_cancellation=told.get("echo_cancellation") is True,
        )

    def pause_reason(self) -> str | None:
        """Why pauses and filled pauses are less sure; None when they are not."""
        return BROWSER_PROCESSING if self.noise_suppression else None

    def level_reason(self) -> str | None:
        """Why the signal-to-noise ratio and clipping are less sure; None when they are not."""
        return BROWSER_PROCESSING if self.noise_suppression or self.automatic_gain else None

    def names(self) -> tuple[str, ...]:
        """What stayed on, in words."""
        named = (
            ("noise suppression", self.noise_suppression),
            ("automatic gain", self.automatic_gain),
            ("echo cancellation", self.echo_cancellation),
        )
        return tuple(name for name, on in named if on)


NO_PROCESSING = Processing()
"""The sound was recorded as it was, as far as is known."""
