"""Converts an answer's row to its API representation."""

from pydantic import TypeAdapter

from analysis.feedback.hidden_figures import hidden_sentence, measures_of
from analysis.feedback.standing import standings
from analysis.report import Measure
from analysis.view.figures import figure_view
from analysis.view.planned import PlannedView, planned_view
from service import schemas
from service.advising.assignment_rules import hidden_figures, reflection_awaited
from service.answers.builds import is_outdated
from service.db import models
from service.practice.why_here import asks_for_specifics

_measures = TypeAdapter(dict[str, Measure])


def describe(row: models.Answer, *, verdicts: bool) -> schemas.Answer:
    """One answer as the API shows it. Reads only the row.

    Args:
        verdicts: False judges the length alone, for a person who wants no verdicts on fluency.
    """
    return schemas.Answer.model_validate(
        {
            "id": row.id,
            "title": row.title,
            "question": row.question,
            "session": {"id": row.session.id, "name": row.session.name} if row.session else None,
            "file_name": row.file_name,
            "source": row.source,
            "created_at": row.created_at,
            "duration": row.duration,
            "bytes": row.bytes,
            "chunks": row.chunk_count,
            "intake": row.intake,
            "work": _work(row),
            "available": available(row),
            "span": None if row.span_start is None else {"start": row.span_start, "end": row.span_end},
            "track": row.track,
            "channel": row.channel,
            "media_version": row.media_version,
            "summary": _summary(row),
            "figures": _figures(row, verdicts=verdicts),
            "question_id": row.question_id,
            "format": None if row.format_id is None else {"id": row.format_id, "name": row.format_name},
            "timing": row.timing,
            "aim": row.aim,
            "capture": row.capture,
            "take": row.take,
            "reflection": row.reflection,
            "notes": row.notes,
            "interview": row.interview_id,
            "part": row.part,
            "follow_up_of": row.follow_up_of,
            "asked": row.asked,
            "bullets": row.bullets,
            "bullets_seconds": row.bullets_seconds,
            "plan": row.plan,
            "planned": planned_of(row),
            "scheduled_interview": row.scheduled_interview_id,
            "assignment": row.assignment_id,
            "assignment_question": row.assignment_question,
            "hidden_figures": hidden_figures(row),
            "reflect_first": reflection_awaited(row),
            "asks_for_specifics": asks_for_specifics(row.question_id, row.question, row.part),
            "media_type": row.media_type,
            "paused_at": row.paused_at or [],
            "tags": [tag.tag for tag in row.tags],
            "first_language": row.first_language,
            "corrections": len(row.corrections or ()),
            "measured": row.span_version,
            "recording_deleted_at": row.recording_deleted_at,
            "outdated": is_outdated(row),
            "change": row.sequence,
        }
    )


def planned_of(row: models.Answer) -> PlannedView | None:
    """What the person wrote down before this answer, as it is shown; None where that is nothing."""
    plan = row.plan or {}
    return planned_view(
        plan={name: text for name, text in plan.items() if name != "shown"},
        plan_shown=bool(plan.get("shown")),
        bullets=row.bullets or [],
        shown=row.bullets_seconds,
        duration=row.duration,
    )


def available(row: models.Answer) -> list[schemas.Part]:
    """The parts of this answer that can already be fetched."""
    parts: list[schemas.Part] = []
    if row.media_file is not None:
        parts.append("media")
    if row.peaks_ready:
        parts.append("peaks")
    if row.transcript_ready:
        parts.append("transcript")
    if row.report_ready:
        parts.append("report")
    return parts


def _summary(row: models.Answer) -> dict[str, object] | None:
    """The headline and the figures that lists show, as far as the assignment of the answer shows them."""
    hidden = hidden_figures(row)
    if row.summary is None or reflection_awaited(row):
        return None
    if not hidden:
        return row.summary
    gone = measures_of(hidden)
    measures = {name: each for name, each in row.summary["measures"].items() if name not in gone}
    # The stored headline may be about a figure that is hidden.
    return {"headline": hidden_sentence(hidden), "measures": measures}


def _figures(row: models.Answer, *, verdicts: bool) -> list[schemas.Figure]:
    """Judged when they are read, so that old answers follow the guides of this build and the preference."""
    measures = _measures.validate_python((row.facts or {}).get("figures") or {})
    hidden = hidden_figures(row)
    if not row.report_ready or not measures or reflection_awaited(row):
        return []
    return [
        schemas.Figure.model_validate(figure_view(standing, measures))
        for standing in standings(measures, fluency_verdicts=verdicts)
        if standing.figure not in hidden
    ]


def _work(row: models.Answer) -> dict[str, object]:
    working = row.work_state == "working" and row.progress_done is not None
    failed = row.work_state == "failed"
    return {
        "state": row.work_state,
        "stage": row.work_stage if row.work_state in {"working", "failed"} else None,
        "progress": {"done": row.progress_done, "total": row.progress_total} if working else None,
        "error": {"code": row.error_code, "text": row.error_text} if failed else None,
    }
