"""What this service is and what it takes."""

from importlib.metadata import version

from fastapi import APIRouter

from analysis import ANALYSIS_VERSION
from service import schemas
from service.dependencies import ServiceDependency
from service.settings import CHUNK_BYTES

router = APIRouter(prefix="/api/about", tags=["About"])


@router.get("", summary="This service")
def get_about(service: ServiceDependency) -> schemas.About:
    """Versions, limits, and where recordings are kept."""
    settings = service.settings
    return schemas.About(
        version=version("greenroom"),
        analysis_version=ANALYSIS_VERSION,
        model=settings.model,
        limits=schemas.Limits(
            maximum_bytes=settings.maximum_bytes,
            maximum_duration=settings.maximum_duration,
            chunk_bytes=CHUNK_BYTES,
        ),
        data_folder=str(settings.data_folder),
    )
