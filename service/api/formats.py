"""Interview formats to practise in."""

from fastapi import APIRouter

from service.dependencies import ServiceDependency
from service.practice import schemas
from service.practice.formats import Format, built_in_formats, interview_of, own_formats
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
            _describe(each, own=is_own)
            for formats, is_own in ((built_in_formats(), False), (own.formats, True))
            for each in formats
        ],
        extensions=list(EXTENSIONS),
        problem=None if own.problem is None else schemas.FormatsProblem(text=own.problem),
    )


def _describe(given: Format, *, own: bool) -> schemas.Format:
    interview = interview_of(given)
    fields = {**given.model_dump(), "interview": None if interview is None else interview.model_dump()}
    return schemas.Format.model_validate({**fields, "own": own})
