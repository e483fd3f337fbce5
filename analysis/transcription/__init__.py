"""Transcription: the recogniser and its weights, verbatim text, and speech that was skipped at first."""
