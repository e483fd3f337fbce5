"""Which sound track and channel of a recording the person chose to have measured.

Corrections and a marked span belong to the sound that they were made on. When another sound is chosen they
are set aside, and taken up again when the person returns to it.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import serialization
from analysis.acoustics import Acoustics
from analysis.audio.containers import no_such_track
from analysis.report import RecordingDescription
from analysis.signal.sound_choice import SoundChoice, resolved
from service.db.models import Answer, StageResult
from service.problems import InvalidRequest, NotReady


def choice_of(row: Answer) -> SoundChoice:
    """What the person chose."""
    return SoundChoice(row.track, row.channel)  # type: ignore[arg-type]


def choose_sound(session: Session, row: Answer, choice: SoundChoice) -> bool:
    """Changes the choice in the row.

    Returns:
        Whether it is another choice than before, so that the recording has to be measured again.

    Raises:
        NotReady: the recording is still being made.
        InvalidRequest: the recording has no such track, or no sides to choose from.
    """
    before = choice_of(row)
    if choice == before:
        return False
    if row.source == "recording" and not row.report_ready:
        raise NotReady("There is no choice of sound yet. It appears together with the report.")
    measured = _measured(session, row)
    if measured is not None:
        _check(choice, measured)
        _take_up(row, _name(before, measured), _name(choice, measured))
    row.track, row.channel = choice.track, choice.channel
    row.span_version += 1
    row.sound_version = row.span_version
    return True


def _measured(session: Session, row: Answer) -> RecordingDescription | None:
    """What the last analysis found in the file; None if there was none, or it is of an older build."""
    stored = session.scalar(
        select(StageResult.result).where(StageResult.answer_id == row.id, StageResult.stage == "acoustics")
    )
    try:
        return None if stored is None else serialization.from_json(Acoustics, stored).recording
    except ValidationError:
        return None


def _check(choice: SoundChoice, recording: RecordingDescription) -> None:
    tracks = max(1, len(recording.tracks))
    if choice.track is not None and choice.track > tracks:
        raise InvalidRequest(no_such_track(tracks))
    unreadable = {track.number for track in recording.tracks if track.speech is None}
    if choice.track in unreadable:
        raise InvalidRequest(f"Sound track {choice.track} of this file cannot be read. Choose another one.")


def _name(choice: SoundChoice, recording: RecordingDescription) -> str:
    exact = resolved(choice, recording)
    return f"track {exact.track}, {exact.channel}"


def _take_up(row: Answer, before: str, now: str) -> None:
    """Sets aside what the person did on the sound before, and takes up what was set aside for the new one."""
    if before == now:
        return
    kept: dict[str, Any] = dict(row.set_aside or {})
    span = None if row.span_start is None else [row.span_start, row.span_end]
    if span is not None or row.corrections:
        kept[before] = {"span": span, "corrections": row.corrections}
    earlier: Mapping[str, Any] = kept.pop(now, {"span": None, "corrections": None})
    row.span_start, row.span_end = earlier["span"] or (None, None)
    row.corrections = earlier["corrections"]
    row.set_aside = kept or None
