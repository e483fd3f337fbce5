"""The number of immediate repeats of words, which are found by `analysis.text.repeats`."""

from analysis.measures.definition import Estimate, MeasureDefinition, MeasureGroup, NotMeasurable
from analysis.measures.inputs import MeasureInputs
from analysis.text.repeats import find_repeats


def _repeat_count(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if not inputs.conditions.english:
        return NotMeasurable("language_not_english")
    count = len(find_repeats(inputs.answer.words))
    # The recogniser leaves repeats out: of 8 in labelled conversation 4 were kept, and one was invented.
    return Estimate(count, max(0, count - 1), 2 * count + 2, "recogniser_uncertain")


MEASURES = (
    MeasureDefinition(
        name="repeat_count",
        label="Words said twice",
        unit="count",
        group=MeasureGroup.WORDS_AND_VOICE,
        definition=(
            "One to three words said again at once, as in 'I, I' or 'in the, in the'. Words cut off and "
            "started again count too. 'Very, very' does not."
        ),
        method="Found in the transcript.",
        known_error=(
            "The recogniser leaves some repeats out. Of 8 in labelled talk it kept 4, and it wrote one that "
            "was not said."
        ),
        compute=_repeat_count,
        digits=0,
    ),
)
"""In the order in which reports show them."""
