"""Progress: how takes change over time, the focus of a week, the calendar, and analysing again."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["Progress"])
