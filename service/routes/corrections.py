"""Corrections: what the person put right in a report."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/answers/{answer}", tags=["Reports"])
