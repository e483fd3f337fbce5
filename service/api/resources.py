"""Pages of others that help with interviews."""

from fastapi import APIRouter

from service.prepare.resources import ResourceList, resources

router = APIRouter(prefix="/api/resources", tags=["Preparing"])


@router.get("", summary="Pages of others")
def get_resources() -> ResourceList:
    """Guides for applicants by name, with what one finds there. Nothing is fetched from their addresses."""
    return resources()
