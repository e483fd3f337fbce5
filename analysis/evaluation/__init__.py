"""Measures the error of the whole pipeline on labelled speech, for `greenroom evaluate`.

    labelled_speech -> runner -> scoring, word_errors, true_values -> clip_scores -> summary -> tables, page

Conventions: times are in seconds; an error is the detected minus the true value; every figure has its number
of events and a 95 % interval. The docstring of `scoring` gives the rules of scoring, that of `uncertainty`
those of intervals.
"""
