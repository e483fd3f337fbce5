"""Runs work on untrusted files in a process that can do nothing but compute.

The process is started ahead of time (`process`), gives up its rights before it sees the first byte of a
file (`confine`), and speaks with the process that started it over one socket (`frames`). What comes back from
it is data, never code: JSON text and bytes.
"""
