"""Search over everything that was said."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["Answers"])
