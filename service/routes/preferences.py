"""What a person has set for all of their answers."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/preferences", tags=["Preferences"])
