"""Notices about gaps, damage or a missing end of a recording."""

from analysis.formatting import clock, duration, whole
from analysis.report import Notice, Span

LOSS_TOLERANCE = 0.5
"""Seconds by which a header may state more than the file holds before a loss is reported."""

EXACT_LOSS_TOLERANCE = 0.05
"""The same for containers whose header counts samples or frames."""

NOTICED_GAP = 1.0
"""Seconds. A longer gap gets a notice; shorter ones are only listed."""

NOTICED_LAG = 0.5
"""Seconds by which the times of a file may fall behind its sound: a slow clock, up to 1 % in a minute."""

NOTICED_LEAD, NOTICED_SHARE = 0.25, 0.02
"""Seconds and share of the recording. Small gaps of more than both together get a notice."""

MOST_DAMAGE_NOTICES = 5
"""Damaged stretches that get a notice each; more of them share a single notice."""


def gap_notices(gaps: tuple[Span, ...], *, beside_picture: bool) -> list[Notice]:
    """A notice for each gap that is long enough for one; before the sound there may be a picture."""
    return [
        Notice("sound_starts_late", _late(gap), gap.start, gap.end)
        if gap.start == 0.0 and beside_picture
        else Notice(
            "gap",
            f"Between {clock(gap.start)} and {clock(gap.end)} the recording holds no sound. "
            "Pauses are not measured there.",
            gap.start,
            gap.end,
        )
        for gap in gaps
        if gap.duration > NOTICED_GAP
    ]


def _late(gap: Span) -> str:
    return (
        f"The sound only starts at {clock(gap.end)} of the picture. What was said before is not in this file."
    )


def picture_notices(sound: float, picture: float) -> list[Notice]:
    """A notice where the picture goes on after the sound; both end at so many seconds."""
    if picture - sound <= NOTICED_GAP:
        return []
    text = (
        f"The sound ends at {clock(sound)}, but the picture goes on to {clock(picture)}. "
        "The microphone may have been lost. What was said after it is not in this file."
    )
    return [Notice("sound_ends_early", text, sound, picture)]


def mute_notices(mutes: tuple[Span, ...]) -> list[Notice]:
    """A notice for each stretch in which the microphone was muted."""
    return [
        Notice(
            "muted",
            f"The microphone was muted from {clock(mute.start)} to {clock(mute.end)}. "
            "What was said then is missing, and pauses are not measured there.",
            mute.start,
            mute.end,
        )
        for mute in mutes
    ]


def stamp_notices(decoded: float, *, lead: float, lag: float, exact: bool) -> list[Notice]:
    """A notice where the times in a file do not fit the sound in it.

    Args:
        decoded: seconds of audio that were decoded.
        lead: seconds by which the times ran ahead of the sound, gaps aside.
        lag: seconds by which they fell behind.
        exact: they count samples.
    """
    if lag > (EXACT_LOSS_TOLERANCE if exact else NOTICED_LAG):
        text = (
            "The times in this file do not fit its sound, so they were not used. "
            "All its sound was taken, one part after the other."
        )
        return [Notice("times_not_used", text)]
    if lead > NOTICED_LEAD and (lead > NOTICED_GAP or lead > NOTICED_SHARE * decoded):
        text = (
            f"Many small pieces of sound may be missing in this file, {approximate_length(lead)} in all. "
            "What is there was joined."
        )
        return [Notice("small_gaps", text)]
    return []


def joined_notices(read: int, unread: int) -> list[Notice]:
    """Notices about a file that was joined of several.

    Args:
        read, unread: number of parts.
    """
    notices = []
    if read > 1:
        text = f"This file holds {read} recordings, one after the other. They were measured as one answer."
        notices.append(Notice("joined", text))
    if unread:
        more = "One more recording follows" if unread == 1 else f"{unread} more recordings follow"
        text = f"{more} in this file and cannot be read. Save it alone and upload that."
        notices.append(Notice("unread_part", text))
    return notices


def loss_notices(
    decoded: float, reached: float, stated: float | None, *, exact: bool, cut: bool
) -> list[Notice]:
    """Notices about a missing end.

    Args:
        decoded: seconds of audio that were decoded.
        reached: seconds up to which the file holds anything.
        stated: seconds according to its header; None if it states none.
        exact: the header counts samples or frames, so that small losses show.
        cut: the file ends in the middle of its data.
    """
    if stated is not None and stated - reached > (EXACT_LOSS_TOLERANCE if exact else LOSS_TOLERANCE):
        lost = stated - reached
        text = f"This file ends early: {approximate_length(lost)} is missing at the end."
        return [Notice("truncated", f"{text} The rest was analysed.", decoded, stated)]
    if cut:
        text = "This file ends in the middle of its data, so some sound at its end may be missing."
        return [Notice("truncated", f"{text} The rest was analysed.", decoded, None)]
    return []


def damage_notices(damaged: list[Span], *, somewhere: bool = False) -> list[Notice]:
    """Notices about damage.

    Args:
        damaged: stretches that could not be decoded; those less than 1 s apart are joined.
        somewhere: there is damage whose place is not known.
    """
    if somewhere and not damaged:
        text = "This file is damaged inside, so some of its sound may be missing. The rest was analysed."
        return [Notice("damaged", text)]
    merged: list[Span] = []
    for span in damaged:
        if merged and span.start - merged[-1].end < NOTICED_GAP:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    if len(merged) > MOST_DAMAGE_NOTICES:
        text = f"This file is damaged in {len(merged)} places. The sound there is left out."
        return [Notice("damaged", text, merged[0].start, merged[-1].end)]
    return [
        Notice(
            "damaged",
            f"This file is damaged at {clock(span.start)}. The sound there is left out.",
            span.start,
            span.end,
        )
        for span in merged
    ]


def approximate_length(seconds: float) -> str:
    """A length of time that is only about right: `less than a second`, `about 12 s`, `about 3 min`."""
    if seconds < 0.75:
        return "less than a second"
    return f"about {duration(seconds if seconds < 90 else 60 * whole(seconds / 60))}"


def spoken_limit(seconds: float) -> str:
    """A limit in minutes: `60 minutes`, `1 minute`, `0.5 minutes`."""
    minutes = seconds / 60
    return "1 minute" if minutes == 1 else f"{minutes:g} minutes"
