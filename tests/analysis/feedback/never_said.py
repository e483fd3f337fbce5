"""Words that no sentence about an answer may contain: they judge the speaker, or order about."""

NEVER_SAID = (
    "nervous", "weak", "bad", "poor", "failed", "fail", "wrong", "accent", "score", "anxious", "!",
    "should", "must",
)  # fmt: skip
