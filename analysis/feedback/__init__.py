"""The sentences of a report: headline, observations, notices, and reports without verdicts on fluency."""
