"""Notices about which of several sound tracks or channels was measured."""

from collections.abc import Sequence

from analysis.formatting import listed
from analysis.report import Notice, RecordingDescription, SoundTrack
from analysis.signal.sides import hears_both_sides

CHOICE_NOTICES = frozenset(("several_tracks", "unreadable_track", "two_sides", "one_side"))
"""Codes of these notices. They come first in a report: the figures may be about somebody else."""


def track_notices(tracks: Sequence[SoundTrack], measured: int, *, chosen: bool) -> list[Notice]:
    """Which of several tracks was measured, and which could not be decoded.

    Args:
        tracks: all of them.
        measured: number of the one that was measured.
        chosen: the person chose it.
    """
    unreadable = [str(track.number) for track in tracks if track.speech is None]
    text = f"This file has {len(tracks)} sound tracks. "
    if chosen:
        text += f"Track {measured} was measured, as you chose."
    elif len(tracks) - len(unreadable) == 1:
        text += f"Track {measured} was measured."
    elif any(track.speech for track in tracks):
        text += f"Track {measured} was measured: it has the most speech. You can choose another one."
    else:
        text += f"None of them has speech. Track {measured} was measured."
    notices = [Notice("several_tracks", text)]
    if unreadable:
        which = f"Track {unreadable[0]}" if len(unreadable) == 1 else f"Tracks {listed(unreadable)}"
        notices.append(Notice("unreadable_track", f"{which} cannot be read here and was left out."))
    return notices


def channel_notice(recording: RecordingDescription, *, chosen: bool) -> Notice:
    """Which channel was measured.

    Args:
        recording: with that channel.
        chosen: the person chose it.
    """
    measured = recording.channel
    if not recording.sides:
        return Notice("one_side", f"Only the {measured} side of the sound was measured, as you chose.")
    text = "The left and the right side of this recording hold different voices. "
    if measured != "both":
        text += f"The {measured} side was measured, as you chose."
        if hears_both_sides(recording):
            text += " The other voice is heard there too. Mark where your answer starts and ends."
    elif chosen:
        text += "Both were measured together, as you chose. The quieter one was made louder."
    else:
        text += (
            "Both were measured together, so the figures are about both voices. "
            "You can choose one side instead."
        )
    return Notice("two_sides", text)
