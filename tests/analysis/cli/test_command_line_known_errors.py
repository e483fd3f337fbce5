"""What the terminal report says of its own error."""

import io
from dataclasses import replace

from example_reports import silent_report, usual_report

from analysis.cli.report_page import print_full_report
from analysis.cli.terminal import console_on
from analysis.evaluation.published import published_evaluation
from analysis.report import ModelDescription, Report


def page_of(report: Report) -> str:
    """The page with every figure, its lines joined."""
    stream = io.StringIO()
    print_full_report(report, console_on(stream, width=200), title="answer.m4a")
    return " ".join(stream.getvalue().split())


def test_the_error_is_that_of_real_talk_where_it_was_measured() -> None:
    assert "'Um' and 'uh' Real talk over a telephone: " in page_of(usual_report())


def test_another_build_than_the_measured_one_is_said() -> None:
    made = published_evaluation().made
    model = ModelDescription(made.model, made.model_sha256, {})
    same = replace(usual_report(), analysis_version=made.analysis_version, model=model)
    assert "another version" not in page_of(same)
    assert "another version" in page_of(replace(same, analysis_version="0.0.1"))
    assert "another version" in page_of(replace(same, model=replace(model, sha256="00")))


def test_nothing_is_said_where_nobody_speaks() -> None:
    assert "How far off" not in page_of(silent_report())
