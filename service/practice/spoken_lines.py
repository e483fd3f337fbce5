"""What the voices of the interviewers say: all questions of the bank, all follow-ups and all lines.

The sound files are rendered from this list by `samples/interviewer/render.py`, and `web/speech/manifest.json`
names them by the same ids.
"""

from service.practice.follow_ups import follow_ups
from service.practice.interview_lines import interview_lines
from service.practice.questions import bank


def spoken_lines() -> dict[str, str]:
    """Texts by id: that of a question as it is, `follow-up:ID` and `line:ID`."""
    return {
        **{question.id: question.text for question in bank().questions},
        **{f"follow-up:{each.id}": each.text for each in follow_ups()},
        **{f"line:{identifier}": text for identifier, text in interview_lines().items()},
    }
