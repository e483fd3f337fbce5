"""Takes: all answers to one question, and two of them side by side."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/answers/{answer}", tags=["Takes"])
