"""Audio processing by the browser before recording, and the measures that it makes less certain.

Greenroom asks for none of it, but some devices and browsers leave it on. Noise suppression turns quiet sound
into silence: soft filled pauses and breaths are lost, the edges of pauses move, and the noise floor of the
signal-to-noise ratio is gone. Automatic gain changes the level during speech, so neither that ratio nor
clipping describes the original sound. Echo cancellation removes what the device itself plays; nothing is
played here, so it is reported but lowers no state.
"""

from collections.abc import Mapping
from dataclasses import dataclass

BROWSER_PROCESSING = "browser_processing"
"""The reason of a state, and the code of the notice."""


@dataclass(frozen=True)
class Processing:
    """Processing that stayed on. What the browser did not report counts as off: no state is lowered on a
    guess."""

    noise_suppression: bool = False
    automatic_gain: bool = False
    echo_cancellation: bool = False

    @classmethod
    def from_settings(cls, settings: Mapping[str, object] | None) -> "Processing":
        """From a track's `getSettings()`, with the names of the API; None where it is not known."""
        told = settings or {}
        return cls(
            noise_suppression=told.get("noise_suppression") is True,
            automatic_gain=told.get("auto_gain_control") is True,
            echo_cancellation=told.get("echo_cancellation") is True,
        )

    def pause_reason(self) -> str | None:
        """Why pauses and filled pauses are less certain; None when they are not."""
        return BROWSER_PROCESSING if self.noise_suppression else None

    def level_reason(self) -> str | None:
        """Why the signal-to-noise ratio and clipping are less certain; None when they are not."""
        return BROWSER_PROCESSING if self.noise_suppression or self.automatic_gain else None

    def names(self) -> tuple[str, ...]:
        """What stayed on, in plain words."""
        named = (
            ("noise suppression", self.noise_suppression),
            ("automatic gain", self.automatic_gain),
            ("echo cancellation", self.echo_cancellation),
        )
        return tuple(name for name, on in named if on)


NO_PROCESSING = Processing()
"""No processing, as far as is known."""
