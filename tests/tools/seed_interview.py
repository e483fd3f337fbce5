"""Adds a finished mock interview to a data folder, with the sample answers as its recordings.

    python -m tests.tools.seed_interview FOLDER

The samples come analysed, so the report on the interview is there at once. Looked at with
`greenroom serve --data-folder FOLDER`; the page is at the printed address.
"""

import argparse
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from analysis.data_folders import SAMPLES
from service.answers.repository import Answers
from service.answers.sample_results import read_results, results_file
from service.answers.samples import MANIFEST, add_answer
from service.db.models import LOCAL_PERSON, Interview, Remark, now
from service.dependencies import Service
from service.schemas import AnswerPart, Asked, FollowUpReason, NewAnswer
from service.settings import Settings

NAME = "Residency interview, two interviewers"
MINUTES = 20


@dataclass(frozen=True)
class Told:
    """One answer of the interview.

    Attributes:
        sample: id of the sample that is its recording.
        asked: the words of the question.
        at: minutes from the beginning of the interview.
        part: what it is.
        belongs_to: index of the answer that it belongs to.
        reason: why a follow-up was asked.
        remarks: (seconds, text) of a person who listened.
    """

    sample: str
    asked: str
    at: float
    part: AnswerPart = "question"
    belongs_to: int | None = None
    reason: FollowUpReason | None = None
    remarks: tuple[tuple[float, str], ...] = ()


TOLD = (
    Told("good-answer", "Why did you choose family medicine?", 0.6),
    Told(
        "too-long",
        "Tell me about a time when you made a mistake.",
        2.6,
        remarks=((31.0, "Good calm start."),),
    ),
    Told("too-short", "What did you learn from it?", 6.4, "follow_up", 1, "no_outcome"),
    Told("many-fillers", "What would you do if a colleague came to work smelling of alcohol?", 7.4),
    Told("good-answer", "Could you repeat that?", 9.1, "repeat", 3),
    Told("fast", "Why do you want to work in this hospital?", 11.0),
    Told("too-short", "The connection dropped. Say a short apology.", 12.9, "apology"),
    Told("long-pauses", "What was hardest for you when you came to a new health system?", 13.8),
    Told("good-answer", "What would your colleagues say about you?", 15.9),
    Told("too-short", "Do you have any questions for us?", 17.8, "closing"),
)


def seed(service: Service, person: str = LOCAL_PERSON) -> str:
    """Adds the interview and returns its id."""
    began = now() - timedelta(minutes=MINUTES)
    with service.database.writing() as session:
        row = Interview(
            person_id=person,
            name=NAME,
            format_id="residency",
            format_name="Residency interview",
            created_at=began,
            choices={},
            steps=[],
        )
        session.add(row)
        session.flush()
        interview = row.id
    answers: list[str] = []
    for told in TOLD:
        audio = SAMPLES / "audio" / f"{told.sample}.flac"
        new = NewAnswer(
            question=told.asked,
            source="recording",
            interview=interview,
            part=told.part,
            follow_up_of=None if told.belongs_to is None else answers[told.belongs_to],
            asked=None if told.reason is None else Asked(reason=told.reason, text=told.asked),
        )
        answer = add_answer(
            service, audio, new, read_results(results_file(MANIFEST, told.sample), audio), person
        )
        answers.append(answer)
        with service.database.writing() as session:
            stored = Answers(session, person).get(answer)
            stored.created_at = began + timedelta(minutes=told.at)
            session.add_all(Remark(answer_id=answer, at=at, text=text) for at, text in told.remarks)
    with service.database.writing() as session:
        ended = session.get_one(Interview, interview)
        ended.ended_at = began + timedelta(minutes=MINUTES)
    return interview


def main() -> None:
    """Seeds the folder that is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    service = Service.open(Settings(data_folder=parser.parse_args().folder))
    sys.stdout.write(f"/interviews/{seed(service)}\n")
    service.database.close()


if __name__ == "__main__":
    main()
