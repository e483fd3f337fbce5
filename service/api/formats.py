"""Interview formats to practise in."""

from fastapi import APIRouter

from service.dependencies import ServiceDependency
from service.practice import schemas
from service.practice.formats import built_in_formats, own_formats
from service.schemas import EXTENSIONS

router = APIRouter(prefix="/api/formats", tags=["Practising"])


@router.get("", summary="List formats")
def list_formats(service: ServiceDependency) -> schemas.FormatList:
    """Lists the built-in formats, then those of `formats.toml` in the data folder.

    If that file has an error, `problem` describes it; its valid formats are still listed.
    """
    own = own_formats(service.settings.data_folder)
    return schemas.FormatList(
        items=[
            schemas.Format(**each.model_dump(), own=is_own)
            for formats, is_own in ((built_in_formats(), False), (own.formats, True))
            for each in formats
        ],
        extensions=list(EXTENSIONS),
        problem=None if own.problem is None else schemas.FormatsProblem(text=own.problem),
    )
