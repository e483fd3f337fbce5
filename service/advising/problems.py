"""Why something between an applicant and an adviser is refused."""

from service.problems import NotReady, Problem


class NotYourAdviser(Problem):
    """Somebody is named who is no adviser of one of the person's cohorts."""

    status, code, title = 422, "not_your_adviser", "This adviser cannot be named"


class AlreadySubmitted(Problem):
    """The answer is with this adviser already."""

    status, code, title = 409, "already_submitted", "This is submitted already"


class AlreadyReturned(Problem):
    """The adviser has returned the answer; it can be opened again."""

    status, code, title = 409, "already_returned", "You have returned this"


class NoAttemptsLeft(Problem):
    """The assignment allows no further recording of this question."""

    status, code, title = 409, "no_attempts_left", "There is no attempt left"


class NotForAssignment(Problem):
    """The answer was not given for this assignment."""

    status, code, title = 422, "not_for_assignment", "This answer belongs to something else"


class ReflectFirst(NotReady):
    """The assignment shows the report once the person has said how the answer went."""

    status, code, title = 409, "reflect_first", "First: how did it go?"


class NotJudgedHere(Problem):
    """A criterion names something that is not judged with this program."""

    status, code, title = 422, "not_judged_here", "This is not judged here"


class NotAVoice(Problem):
    """What was sent as a spoken comment is no sound that browsers record."""

    status, code, title = 422, "not_a_voice", "This is no spoken comment"


class TooMany(Problem):
    """There are as many of these as there may be."""

    status, code, title = 409, "too_many", "There are too many"


class NotAFileOfComments(Problem):
    """The file is not one that a shared answer saves, or it was changed."""

    status, code, title = 422, "not_a_file_of_comments", "This file holds no comments"

    def __init__(self) -> None:
        super().__init__(
            "This file does not hold a mentor's comments. Nothing was added. "
            "Choose the file that your mentor saved and sent to you."
        )


class CommentsOfAnotherAnswer(Problem):
    """The comments in the file are on another answer."""

    status, code, title = 409, "comments_of_another_answer", "These comments are on another answer"

    def __init__(self) -> None:
        super().__init__(
            "These comments are on another answer. Nothing was added. Open that answer and add them there."
        )
