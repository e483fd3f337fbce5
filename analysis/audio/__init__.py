"""Decodes audio and video files, complete or still being written, to mono float32 at 16 kHz."""
