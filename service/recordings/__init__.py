"""Recordings: their intake, their storage, and the media derived from them."""
