"""Transcription: the recogniser's weights, the engine, and verbatim text."""
