"""The processor that the recogniser runs on, and the numbers that it computes with."""

from typing import Literal

import ctranslate2

from analysis.errors import RecogniserError

Device = Literal["auto", "cpu", "cuda"]
"""`auto` is a graphics processor where there is one."""

USUAL_TYPES = {"cpu": "int8", "cuda": "float16"}
"""The compute type of each device unless another is asked for. The accuracy in ACCURACY.md was measured with
`int8` on `cpu`."""


def chosen_device(device: str = "cpu", compute_type: str = "") -> tuple[str, str]:
    """The device and the compute type to load a model with.

    Args:
        device: see `Device`.
        compute_type: of CTranslate2, such as `int8_float16`; empty for the usual one of the device.

    Raises:
        RecogniserError: `no_graphics_processor`, or `unknown_compute_type` where the device has none of that
            name.
    """
    there = device != "cpu" and ctranslate2.get_cuda_device_count() > 0
    if device == "cuda" and not there:
        raise RecogniserError(
            "This machine has no graphics processor that the recogniser can use. "
            "Set GREENROOM_DEVICE to cpu, or install NVIDIA's driver with CUDA 12.",
            code="no_graphics_processor",
        )
    found = "cuda" if there else "cpu"
    numbers = compute_type or USUAL_TYPES[found]
    known = ctranslate2.get_supported_compute_types(found)
    if numbers not in known:
        raise RecogniserError(
            f"The recogniser cannot compute with {numbers} on this machine. "
            f"Set GREENROOM_COMPUTE_TYPE to one of {', '.join(sorted(known))}, or leave it empty.",
            code="unknown_compute_type",
        )
    return found, numbers
