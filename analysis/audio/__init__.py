"""Decodes any file that people hand in to mono float32 at 16 kHz."""
