"""Recordings: how they come in, where they are stored, and the media derived from them."""
