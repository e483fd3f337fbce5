"""Detects filled pauses from the recogniser's text and its encoder states; `training` fits the detector."""
