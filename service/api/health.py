"""Whether this node lives, and whether it can serve. For machines that watch it, not for people.

Nobody has to sign in for these, and they tell nothing but the names of the parts.
"""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from service.dependencies import ServiceDependency

router = APIRouter(tags=["About"])


class Health(BaseModel):
    """The process answers."""

    status: str = "ok"


class Ready(BaseModel):
    """What the node needs, each `ok` or not.

    `node` is `stopping` once it was told to stop. `database` and `storage` are `unavailable` where they do
    not answer, and the database also before it was migrated to this version.
    """

    node: str
    database: str
    storage: str


@router.get("/health", summary="Whether this node lives")
async def health() -> Health:
    """Always `ok`: whoever gets no response restarts the node."""
    return Health()


@router.get(
    "/ready",
    summary="Whether this node can serve",
    responses={503: {"model": Ready, "description": "It cannot now: send requests to another node."}},
)
async def ready(service: ServiceDependency, response: Response) -> Ready:
    """Checks the database and the storage. 503 where one is unavailable, or the node is about to stop."""
    parts = await service.readiness.look()
    if any(state != "ok" for state in parts.values()):
        response.status_code = 503
    return Ready(**parts)
