"""Reports to take along: a page to print or keep, tables, and corrected answers as labelled speech."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["Reports"])
