"""The versions and limits of this service."""

from importlib.metadata import version

from fastapi import APIRouter
from pydantic import BaseModel, Field

from analysis import ANALYSIS_VERSION
from analysis.audio.confined_decoder import protections
from analysis.confinement.confine import Protection
from service.dependencies import ServiceDependency
from service.settings import CHUNK_BYTES

router = APIRouter(prefix="/api/about", tags=["About"])


class Limits(BaseModel):
    """Limits of a recording."""

    maximum_bytes: int
    maximum_duration: float
    chunk_bytes: int


class About(BaseModel):
    """This service."""

    version: str
    analysis_version: str
    model: str
    limits: Limits
    data_folder: str | None = Field(description="Where people sign in, it is the office's business: null.")
    decoding: list[Protection]


@router.get("", summary="This service")
def get_about(service: ServiceDependency) -> About:
    """Versions, limits, where recordings are stored, and what is in force while one is decoded."""
    settings = service.settings
    return About(
        version=version("greenroom"),
        analysis_version=ANALYSIS_VERSION,
        model=settings.model,
        limits=Limits(
            maximum_bytes=settings.maximum_bytes,
            maximum_duration=settings.maximum_duration,
            chunk_bytes=CHUNK_BYTES,
        ),
        data_folder=None if settings.accounts else settings.recordings_place,
        decoding=list(protections()),
    )
