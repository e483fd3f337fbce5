"""Error of the whole pipeline on labelled speech: what `greenroom evaluate` runs.

    labelled_speech -> runner -> scoring, word_errors, true_values -> clip_scores -> summary -> tables, page

Conventions: times in seconds; an error is found less true; every figure carries its number of events and
a 95 % interval. Rules of scoring stand in the docstring of `scoring`, those of intervals in `uncertainty`.
"""
