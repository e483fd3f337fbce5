"""Why a file cannot be opened, from its first bytes: what it is, and what to do."""

from analysis.errors import MediaError

UNREADABLE = (
    "This file cannot be read as sound. Choose a recording, for example WAV, MP3, M4A, MP4, MOV, OGG or WebM."
)
NO_INDEX = (
    "This file is not complete: the part that is needed to read its sound is missing. "
    "Copy it from the device again, or choose another recording."
)
CUT_OFF = (
    "This file is damaged, or it ends so early that no sound can be read. "
    "Copy it from the device again, or choose another recording."
)
PROTECTED = (
    "This file is protected against copying, as bought music is, so it cannot be read. "
    "Choose a recording of your own."
)

ACCEPTED_STARTS = {b"RIFF": (b"WAVE", b"AVI "), b"FORM": (b"AIFF", b"AIFC")}
"""First four bytes of accepted containers, and what bytes 8 to 12 have to be then."""

OTHER_ACCEPTED_STARTS = (b"fLaC", b"OggS", b"\x1a\x45\xdf\xa3", b"caff", b"#!AMR")
"""First bytes of FLAC, Ogg, WebM, CAF and AMR: such a file was meant to be a recording."""

MP4_BOXES = (b"ftyp", b"mdat", b"wide", b"moov")
"""Bytes 4 to 8 of an MP4 or MOV."""

WINDOWS_MEDIA = bytes.fromhex("3026b2758e66cf11")
"""The first half of the identifier with which WMA and WMV files start."""

OTHER_FORMATS = {
    b".RMF": "RealMedia",
    b".ra\xfd": "RealAudio",
    b".snd": "AU",
    b"FLV": "Flash video",
    b"riff": "Wave64",
    b"MAC ": "Monkey's Audio",
    b"wvpk": "WavPack",
    b"DSD ": "DSD",
    b"FRM8": "DSD",
    b"MThd": "MIDI",
    b"\x0bw": "AC-3",
    b"\x7f\xfe\x80\x01": "DTS",
    b"\0\0\x01\xba": "MPEG video",
    b"G": "MPEG transport stream",
}
"""Names of other formats of sound and films by their first bytes."""

TRANSPORT_PACKET = 188
"""Bytes after which a transport stream has its mark `G` again."""

BEGINNING_BYTES = 512
"""First bytes of a file that tell enough."""


def refusal(beginning: bytes) -> MediaError:
    """Why a file that FFmpeg cannot open is not read.

    Args:
        beginning: its first `BEGINNING_BYTES` bytes.
    """
    # An MP4 keeps its index in one box, which most recorders write last.
    if beginning[4:8] in MP4_BOXES:
        return MediaError(NO_INDEX)
    if beginning[8:12] in ACCEPTED_STARTS.get(beginning[:4], ()):
        return MediaError(CUT_OFF)
    if beginning.startswith(OTHER_ACCEPTED_STARTS):
        return MediaError(CUT_OFF)
    if beginning.startswith(WINDOWS_MEDIA):
        text = "This is a Windows Media file (WMA or WMV), which is not read here."
        return MediaError(f"{text} Save it as MP3, M4A or WAV and try again.", code="windows_media")
    for start, name in OTHER_FORMATS.items():
        if beginning.startswith(start) and (start != b"G" or _is_transport_stream(beginning)):
            text = f"Files of the kind {name} are not read here. Save it as MP3, M4A or WAV and try again."
            return MediaError(text, code="unread_format")
    return MediaError(UNREADABLE)


def _is_transport_stream(beginning: bytes) -> bool:
    return beginning[TRANSPORT_PACKET : TRANSPORT_PACKET + 1] == b"G"
