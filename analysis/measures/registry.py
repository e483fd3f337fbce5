"""All measures, in the groups and the order in which reports show them.

docs/measures.md is made from this by `python -m analysis.measures.registry`, and a test fails when the two differ.
"""

from analysis.measures.definition import MeasureDefinition, MeasureGroup

GROUPS = tuple(MeasureGroup)
"""The groups in which reports show measures, in order."""

_SPAN_ERROR = "A sound that is no speech, close to the first or last word, can move an end; noise and echo move it more."
_PAUSE_ERROR = (
    "Noise hides the edges of pauses, and breathing in it can look like speech; the echo of a room fills short pauses. "
    "In noisy recordings pauses are low confidence."
)
_FILLER_ERROR = (
    "Very short ones and those spoken into another word can be missed; a listener's 'mm-hmm', another voice or the end "
    "of a word can be taken for one. Real 'um', 'uh' and 'hmm' of only a few people were at hand to measure it."
)
_MARKER_ERROR = (
    "Whether 'like' fills time or means something is a judgement, and people differ; a 'like' that reports speech ('I was "
    "like, no way') is unsure. Only 'like', 'you know' and 'I mean' are labelled, so nothing is known of the others."
)
_WORD_ERROR = (
    "Accents that the recogniser follows less well have more error; labelled speech is too little to say how much for "
    "most accents. Where several people talk at once many words are missed."
)
_SYLLABLE_ERROR = (
    "Syllables are counted from spelling. Over labelled texts of 30 words and more the sum was within 3 % of a "
    "pronouncing dictionary's for 27 of 29. Syllables that are swallowed are counted too. Where the sound has far more or "
    "far fewer syllables than the words, the figure is low confidence; that notices when half of the words are missing, and "
    "a third of the time when three in ten are."
)

_ALL = (
    MeasureDefinition(
        "answer_length", "Answer length", "s", MeasureGroup.LENGTH_AND_PACE,
        "From the first sound of speech to the last. A filled pause counts as speech, a cough does not.",
        "Found in the sound; you can move both ends.", _SPAN_ERROR),
    MeasureDefinition(
        "response_latency", "Time to first word", "s", MeasureGroup.LENGTH_AND_PACE,
        "From the cue to start speaking to the first sound of speech.",
        "Known only for answers recorded here, where the cue is ours.", _SPAN_ERROR),
    MeasureDefinition(
        "longest_unbroken_stretch", "Longest stretch without a long pause", "s", MeasureGroup.LENGTH_AND_PACE,
        "The longest part of the answer in which no pause reaches 1 s.",
        "From the pauses.", _PAUSE_ERROR),
    MeasureDefinition(
        "spoken_words", "Words", "words", MeasureGroup.LENGTH_AND_PACE,
        "Words that were said. 'Um' and 'uh' are no words, repeats count, words cut off do not. Numbers count "
        "as the words they are spoken as; a contraction, a word with hyphens and initials ('ICU') are one word each.",
        "Counted in the transcript that Whisper writes.", _WORD_ERROR),
    MeasureDefinition(
        "speaking_rate", "Speaking pace", "words/min", MeasureGroup.LENGTH_AND_PACE,
        "Spoken words for each minute of the answer, pauses included.",
        "Words divided by answer length. Not shown under 10 s of speech.", _WORD_ERROR),
    MeasureDefinition(
        "articulation_rate", "Speed of speech", "syllables/s", MeasureGroup.LENGTH_AND_PACE,
        "Syllables for each second of actual speech, pauses left out.",
        "Syllables counted from the spelling of the transcript, divided by the time without silent and filled "
        "pauses.", _SYLLABLE_ERROR),
    MeasureDefinition(
        "mean_length_of_run", "Speech between pauses", "syllables", MeasureGroup.LENGTH_AND_PACE,
        "Syllables said in one go, on average. A silent or a filled pause ends a run.",
        "Syllables of the transcript divided among the runs.", _PAUSE_ERROR + " " + _SYLLABLE_ERROR),
    MeasureDefinition(
        "pause_count", "Pauses", "count", MeasureGroup.PAUSES,
        "Silences of at least 0.25 s inside the answer.",
        "From the sound, every 10 ms; never from the transcript.", _PAUSE_ERROR),
    MeasureDefinition(
        "pause_rate", "Pauses a minute", "per min", MeasureGroup.PAUSES,
        "Pauses for each minute of the answer.", "The count divided by answer length.", _PAUSE_ERROR),
    MeasureDefinition(
        "long_pause_count", "Long pauses", "count", MeasureGroup.PAUSES,
        "Silences of 1 s and more inside the answer.", "Those of the pauses that last 1 s and more.", _PAUSE_ERROR),
    MeasureDefinition(
        "pause_median", "Usual pause", "s", MeasureGroup.PAUSES,
        "The length that half of the pauses stay under.", "The median of all pauses.", _PAUSE_ERROR),
    MeasureDefinition(
        "pause_longest", "Longest pause", "s", MeasureGroup.PAUSES,
        "The longest silence inside the answer.",
        "The longest of all pauses.", _PAUSE_ERROR),
    MeasureDefinition(
        "speaking_share", "Share of time speaking", "%", MeasureGroup.PAUSES,
        "How much of the answer is speech, without silent and filled pauses.",
        "Answer length less all pauses, divided by answer length.", _PAUSE_ERROR),
    MeasureDefinition(
        "filled_pause_count", "'Um' and 'uh'", "count", MeasureGroup.FILLERS,
        "Filled pauses: um, uh, er, erm, hmm held while thinking.",
        "Those that the recogniser writes when it is asked to write every sound, and those that can be heard where "
        "it wrote none. Both are weighed together; the figure is the sum of how likely each one is real.",
        _FILLER_ERROR),
    MeasureDefinition(
        "filled_pause_rate", "'Um' and 'uh' a minute", "per min", MeasureGroup.FILLERS,
        "Filled pauses for each minute of the answer.", "The count divided by answer length.", _FILLER_ERROR),
    MeasureDefinition(
        "discourse_marker_count", "'Like', 'you know' and their kind", "count", MeasureGroup.FILLERS,
        "Like, you know, I mean, sort of, kind of, basically, actually, so, right and well, where they fill "
        "time. 'I would like to' does not count.",
        "Decided for each one from the words, commas and pauses around it. Unsure ones are listed, not counted.",
        _MARKER_ERROR),
    MeasureDefinition(
        "filler_rate", "Fillers a minute", "per min", MeasureGroup.FILLERS,
        "Filled pauses and discourse markers used as fillers, together, for each minute of the answer.",
        "The sum of both divided by answer length. Zero is no goal: a few are normal.", _FILLER_ERROR),
    MeasureDefinition(
        "filler_rate_per_100_words", "Fillers in 100 words", "per 100 words", MeasureGroup.FILLERS,
        "Filled pauses and discourse markers used as fillers for each 100 spoken words.",
        "The sum of both divided by spoken words.", _FILLER_ERROR),
    MeasureDefinition(
        "words_per_sentence", "Words a sentence", "words", MeasureGroup.WORDS_AND_VOICE,
        "Spoken words for each sentence, on average.",
        "Sentences as the recogniser ends them with . ? or !",
        "No labelled truth: where a spoken sentence ends is a judgement."),
    MeasureDefinition(
        "repeat_count", "Words said twice", "count", MeasureGroup.WORDS_AND_VOICE,
        "One to three words said again at once ('I, I', 'in the, in the'), and words cut off and begun again. 'Very, "
        "very' does not count.",
        "Found in the transcript.",
        "The recogniser leaves some repeats out: of 8 in labelled conversation it kept 4, and it wrote one that was not "
        "said."),
    MeasureDefinition(
        "pitch_spread", "Movement of pitch", "semitones", MeasureGroup.WORDS_AND_VOICE,
        "How far the pitch of the voice moves around its middle: the standard deviation. Compare it with your "
        "own other answers only; voices and languages differ.",
        "YIN every 20 ms where the voice is on.",
        "No labelled pitch was at hand. Of 8 recordings 5 lay within 0.3 semitones of the slower pYIN, one within 0.6, "
        "and two differed by about 3; which of both is right there is not known."),
    MeasureDefinition(
        "pitch_range", "Range of pitch", "semitones", MeasureGroup.WORDS_AND_VOICE,
        "From the lowest tenth of the pitch to the highest tenth.",
        "The same pitch, 10th to 90th percentile.", "As for the movement of pitch."),
    MeasureDefinition(
        "signal_to_noise", "Voice above noise", "dB", MeasureGroup.RECORDING,
        "How far your voice stands above the noise of the room.",
        "Median level of speech less median level where nobody speaks.",
        "On 8 clips with noise mixed in at a known ratio it was between 2.9 dB too low and 4.6 dB too high."),
    MeasureDefinition(
        "clipping", "Sound cut off", "%", MeasureGroup.RECORDING,
        "Share of the sound that was too loud for the recording and was cut off.",
        "Flat tops: three and more samples in a row at the recording's highest value.",
        "Checked on sound cut off at one level only. Codecs round the tops, and then some are missed."),
)  # fmt: skip

DEFINITIONS: dict[str, MeasureDefinition] = {definition.name: definition for definition in _ALL}
"""Every measure by name, in the order in which reports show them."""


def group_of(name: str) -> MeasureGroup:
    """The group that a measure is shown in; the last one for a measure that this build does not know."""
    definition = DEFINITIONS.get(name)
    return GROUPS[-1] if definition is None else definition.group


def as_markdown() -> str:
    """The reference page of all measures."""
    lines = [
        "# What is measured, and how sure it is",
        "",
        "Made from `analysis/measures/registry.py` by `python -m analysis.measures.registry > docs/measures.md`. How large the",
        "errors were on labelled speech stands in [ACCURACY.md](../ACCURACY.md).",
    ]
    for definition in _ALL:
        lines += [
            "",
            f"## {definition.label}",
            "",
            f"`{definition.name}`, in {definition.unit}. {definition.definition}",
            "",
            f"- How: {definition.method}",
            f"- Known error: {definition.known_error}",
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(as_markdown())
