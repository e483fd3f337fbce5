"""One report in the terminal, on paper and on the page: all three draw one view, and so show the same text.

What each shows is read back from its output: from the lines of the terminal, from the printed HTML and from
the page in Chromium. A presentation that words a figure by itself differs here.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from analysis import serialization
from analysis.cli.report_page import print_full_report
from analysis.cli.terminal import console_on
from analysis.measures.registry import DEFINITIONS
from analysis.report import Report
from service.db.models import StageResult
from tests.analysis.view.edge_reports import EDGE_REPORTS
from tests.browser.practice_history import opened, serving
from tests.service.made_takes import add_take
from tests.service.running import RunningService

_WIDE = 110
"""Columns from which the terminal gives every figure a column for how sure it is."""
_MARK = re.compile(r" \[[a-z0-9]\]")
"""Of a footnote."""


@dataclass(frozen=True)
class Figure:
    """A row with a value, as it is shown."""

    value: str
    interval: str
    guide: str
    sure: str


@dataclass(frozen=True)
class Shown:
    """What a presentation shows of a report.

    Attributes:
        headline: the verdict.
        main: value, standing and guide of the four main figures, by label; of the length, the bar has it.
        bar: labels of the length bar; empty without one.
        figures: by label; those with a value, in order.
        groups: titles, in order.
        missing: labels of measures without a value, by reason.
        observations: title and text, in alphabetical order.
        steps: of the drill.
        paragraphs: times at which they begin.
    """

    headline: str
    main: dict[str, tuple[str, str, str]]
    bar: str
    figures: dict[str, Figure]
    groups: tuple[str, ...]
    missing: dict[str, frozenset[str]]
    observations: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    paragraphs: tuple[str, ...]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningService, dict[str, str]]]:
    """A service with the reports in it, and the answers by the names of the reports."""
    folder = tmp_path_factory.mktemp("views") / "data"
    answers = {}
    with opened(folder) as service:
        for name, report in EDGE_REPORTS.items():
            # The timeline is drawn where there is something to play, even if this cannot be.
            media = {
                "media_file": "none.opus",
                "media_type": "audio/ogg",
                "duration": report.recording.duration,
            }
            answers[name] = add_take(service, title=name, columns=media)
            written = serialization.to_json(report)
            with service.database.writing() as session:
                stage = StageResult(
                    answer_id=answers[name], stage="measure", analysis_version="1", result=written
                )
                session.add(stage)
    with serving(folder, workers=0) as running:
        yield running, answers


@pytest.fixture
def window(browser: Browser, served: tuple[RunningService, dict[str, str]]) -> Iterator[Page]:
    """A page without script errors."""
    context = browser.new_context(base_url=served[0].url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def in_terminal(report: Report) -> Shown:
    stream = io.StringIO()
    print_full_report(report, console_on(stream, width=_WIDE), title="a.wav")
    lines = stream.getvalue().splitlines()
    head, table, missing, text = _sections(lines)
    figures: dict[str, Figure] = {}
    groups = []
    columns = [match.start() for match in re.finditer(r"(?:^|(?<=  ))\S", table[0])] if table else []
    for line in table[2:]:
        cells = [line[start:end].strip() for start, end in zip(columns, [*columns[1:], None], strict=True)]
        if not any(cells[1:]):
            groups.append(cells[0])
            continue
        value, interval = _value_and_interval(cells[1])
        figures[cells[0]] = Figure(value, interval, _MARK.sub("", cells[2]), _MARK.sub("", cells[3]))
    bar = next((place for place, line in enumerate(head) if line.lstrip().startswith("├")), None)
    starts = [match[1] for line in text if (match := re.match(r"^ *(\d+:\d\d(?::\d\d)?)  ", line))]
    return Shown(
        headline=report.headline if any(report.headline in " ".join(line.split()) for line in head) else "",
        main=_terminal_main(head),
        bar="" if bar is None else " ".join(head[bar - 1].split()),
        figures=figures,
        groups=tuple(groups),
        missing=missing,
        observations=tuple(sorted(_terminal_observations(head))),
        steps=tuple(_terminal_steps(head)),
        paragraphs=tuple(starts),
    )


def _sections(lines: list[str]) -> tuple[list[str], list[str], dict[str, frozenset[str]], list[str]]:
    """What stands before the table, the table, what cannot be measured, and the running text."""
    flat = [line[2:] for line in lines]
    start = next((place for place, line in enumerate(flat) if line.startswith("Measure ")), None)
    table = [] if start is None else flat[start : flat.index("", start)]
    missing: dict[str, frozenset[str]] = {}
    if "Not measurable" in flat:
        place = flat.index("Not measurable") + 1
        entries: list[str] = []
        for line in flat[place : flat.index("", place)]:
            begins = line.startswith(tuple(definition.label for definition in DEFINITIONS.values()))
            if entries and not (": " in entries[-1] and begins):
                entries[-1] += f" {line}"
            else:
                entries.append(line)
        for labels, _, reason in (entry.partition(": ") for entry in entries):
            missing[reason] = frozenset(labels.split(", "))
    text = flat[flat.index("What you said") :] if "What you said" in flat else []
    before = flat[: start if start is not None else flat.index("Not measurable")]
    return before, table, missing, text


def _terminal_main(head: list[str]) -> dict[str, tuple[str, str, str]]:
    start = next((place for place, line in enumerate(head) if re.search(r"Length .*Fillers", line)), None)
    if start is None:
        return dict(_terminal_main_rows(head))
    # A mark of one column and a space stand before each label.
    starts = [match.start() - 2 for match in re.finditer(r"[A-Z][a-z]+", head[start])]
    block = head[start : head.index("", start)]
    cells = [[line[a:b].strip() for line in block] for a, b in zip(starts, [*starts[1:], None], strict=True)]
    return {cell[0].split()[-1]: _main(*cell[1:], *[""] * (4 - len(cell))) for cell in cells}


def _terminal_main_rows(head: list[str]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Where the guides are too long for four columns, each figure has a row."""
    for line in head:
        if match := re.match(r". (Length|Pace|Pauses|Fillers)  +(.*)", line):
            value, _, compared = match[2].partition("  ")
            standing, _, guide = compared.strip().partition(": ")
            yield match[1], _main(value, standing, guide)


def _main(value: str, standing: str, guide: str) -> tuple[str, str, str]:
    """As they are compared: the terminal says `not measured` in place of a value, others beside it."""
    if "not measured" in (value, standing):
        return "", "not measured", ""
    return value, standing, "" if "aim" in standing else re.sub(r"^guide: ", "", guide, flags=re.IGNORECASE)


def _terminal_steps(head: list[str]) -> Iterator[str]:
    step = ""
    for line in [*head, ""]:
        if step and not line.startswith("   "):
            yield step
            step = ""
        if match := re.match(r"\d  (.*)", line):
            step = match[1].strip()
        elif step:
            step += f" {line.strip()}"


def _terminal_observations(head: list[str]) -> Iterator[tuple[str, str]]:
    block: list[str] = []
    for line in [*head, ""]:
        if re.match(r"(Keep|Try ) ", line) or (block and not line.strip()):
            if block:
                yield block[0], " ".join(block[1:])
            block = []
        if re.match(r"(Keep|Try ) ", line):
            block = [line[:4].strip(), *line[4:].split()]
        elif block:
            block += line.split()


def _value_and_interval(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.*?)(?: \((.*)\))?", text)
    assert match is not None
    return match[1], match[2] or ""


def _texts(found: Locator) -> list[str]:
    return [" ".join(text.split()) for text in found.all_inner_texts()]


def on_paper(page: Page, answer: str) -> Shown:
    page.goto(f"/api/answers/{answer}/report.html")
    figures = {}
    for row in page.locator(".figures tbody tr").all():
        value, interval = _value_and_interval(_texts(row.locator(".figure"))[0])
        guide = re.sub(r"^Usual: ", "", _without_marks(row.locator(".guide")))
        label = _texts(row.locator(".label"))[0]
        figures[label] = Figure(value, interval, guide, _without_marks(row.locator(".state")))
    missing = {}
    for text in _texts(page.locator(".withheld")):
        match = re.fullmatch(r"Not measurable: (.*) \((.*)\)", text)
        assert match is not None
        missing[match[2]] = frozenset(match[1].split(", "))
    blocks = page.locator(".observations > div:not(.drill)")
    return Shown(
        headline=_texts(page.locator(".headline"))[0],
        main=_drawn_main(page.locator(".main-figures > div"), ".main-value", ".standing", ".main-guide"),
        bar=" ".join(page.locator("svg.length text").all_text_contents()),
        figures=figures,
        groups=tuple(_texts(page.locator(".figures .group"))),
        missing=missing,
        observations=tuple(
            sorted(zip(_texts(blocks.locator("h2")), _texts(blocks.locator("p")), strict=True))
        ),
        steps=tuple(_texts(page.locator(".drill li"))),
        paragraphs=tuple(_texts(page.locator(".passage .time"))),
    )


def _drawn_main(blocks: Locator, *parts: str) -> dict[str, tuple[str, str, str]]:
    """Of paper and page: value, standing and guide, by label."""
    found = {}
    for block in blocks.all():
        value, standing, guide = (" ".join(block.locator(part).all_text_contents()) for part in parts)
        found[_content(block.locator("dt"))] = _main(" ".join(value.split()), standing.strip(), guide.strip())
    return found


def _without_marks(cell: Locator) -> str:
    text: str = cell.evaluate(
        """cell => {
          const copy = cell.cloneNode(true);
          copy.querySelectorAll("sup").forEach((mark) => mark.remove());
          return copy.textContent;
        }"""
    )
    return " ".join(text.split())


def on_page(page: Page, answer: str) -> Shown:
    page.goto(f"/answers/{answer}")
    expect(page.locator(".measures")).to_be_visible()
    figures = {}
    missing: dict[str, set[str]] = {}
    shown_groups = []
    for group in page.locator(".measure-group").all():
        title = _content(group.locator("h3"))
        for row in group.locator(".measure").all():
            label, figure = _content(row.locator(".measure-name")), _content(row.locator(".measure-figure"))
            if figure.startswith("Not measurable"):
                missing.setdefault(figure.removeprefix("Not measurable: "), set()).add(label)
                continue
            if title not in shown_groups:
                shown_groups.append(title)
            value, interval = _value_and_interval(figure)
            guide = re.sub(r"^Guide ", "", _content(row.locator(".measure-guide")))
            figures[label] = Figure(value, interval, guide, _content(row.locator(".measure-state")))
    return Shown(
        headline=_content(page.locator(".report-verdict .headline")),
        main=_drawn_main(
            page.locator(".main-figure"),
            ".main-figure-value",
            ".main-figure-standing",
            ".main-figure-guide",
        ),
        bar=" ".join(page.locator(".length-labels span").all_text_contents()),
        figures=figures,
        groups=tuple(shown_groups),
        missing={reason: frozenset(labels) for reason, labels in missing.items()},
        observations=tuple(
            sorted(
                (_content(each.locator("h2")), _observed(each)) for each in page.locator(".observation").all()
            )
        ),
        steps=tuple(_texts(page.locator(".drill li"))),
        paragraphs=tuple(_content(each) for each in page.locator(".passage-time").all()),
    )


def _content(element: Locator) -> str:
    """Also of what is folded."""
    return " ".join((element.text_content() or "").split())


def _observed(observation: Locator) -> str:
    """With its moments in a line, as the others write them."""
    times = [_content(button) for button in observation.locator(".moment").all()]
    listen = (
        f" Listen at {' and '.join(filter(None, [', '.join(times[:-1]), *times[-1:]]))}." if times else ""
    )
    return _content(observation.locator("> p")) + listen


def _comparable(shown: Shown) -> Shown:
    """Without the names of measures that a reason has too many of: some say only how many there are."""
    missing = {reason: names for reason, names in shown.missing.items() if reason != "no speech was heard"}
    # The terminal says what to change before what to keep.
    observations = tuple(sorted(shown.observations))
    return Shown(**{**vars(shown), "missing": missing, "observations": observations})


IN_EVERY_RUN = {"halves", "own aim, 48 to 108 s", "less sure", "no speech"}
"""Edges that the default run compares; the others differ from one of these in a figure."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in IN_EVERY_RUN else pytest.mark.long) for name in EDGE_REPORTS],
)
def test_terminal_paper_and_page_show_the_same(
    name: str, window: Page, served: tuple[RunningService, dict[str, str]]
) -> None:
    answer = served[1][name]
    terminal = in_terminal(EDGE_REPORTS[name])
    assert terminal.figures or name == "no speech"
    paper = on_paper(window, answer)
    assert _comparable(paper) == _comparable(terminal)
    assert _comparable(on_page(window, answer)) == _comparable(paper)


def test_paper_and_page_draw_one_timeline(
    window: Page, served: tuple[RunningService, dict[str, str]]
) -> None:
    answer = served[1]["marks"]
    window.goto(f"/api/answers/{answer}/report.html")
    paper = window.locator(".timeline")
    summary = paper.get_by_role("img", name="Timeline of").get_attribute("aria-label") or ""
    legend = [_content(entry) for entry in paper.locator(".legend li").all()]
    rows = sorted(
        tuple(_content(cell) for cell in row.locator("td").all())
        for row in window.locator(".moments tbody tr").all()
    )
    assert len(rows) == 2 + 4 + 7 and len(legend) == 8
    window.goto(f"/answers/{answer}")
    window.get_by_text("Show as a table").click()
    drawn = window.locator(".timeline-drawing")
    assert (drawn.get_attribute("aria-label") or "").startswith(f"{summary} Arrow keys")
    assert [
        " ".join(text.split()) for text in window.locator(".timeline .legend li").all_inner_texts()
    ] == legend
    table = window.locator(".marks-table tbody tr").filter(has=window.locator("td"))
    assert sorted(tuple(_content(cell) for cell in row.locator("td").all()) for row in table.all()) == rows
