"""The measures of a report as a table for a spreadsheet."""

from analysis.report import Report
from analysis.view.measures import label_of
from service.exports.spreadsheet import as_csv

COLUMNS = (
    "name",
    "label",
    "value",
    "unit",
    "low",
    "high",
    "state",
    "reason",
    "guide_low",
    "guide_high",
    "guide_source",
)


def measures_csv(report: Report) -> str:
    """A table with one row per measure, in the order of the report.

    Values are unrounded, as in the report; `state` and `reason` are its codes.
    """
    return as_csv(
        COLUMNS,
        (
            (
                name,
                label_of(name),
                measure.value,
                measure.unit,
                measure.low,
                measure.high,
                measure.state,
                measure.reason,
                None if measure.guide is None else measure.guide.low,
                None if measure.guide is None else measure.guide.high,
                None if measure.guide is None else measure.guide.source,
            )
            for name, measure in report.measures.items()
        ),
    )
