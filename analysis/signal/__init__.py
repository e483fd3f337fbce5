"""Measured from the samples alone: levels, voice activity, pitch, windows, recording quality."""
