"""An advising office for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.dependencies import Service
from tests.service.advising.office import Office
from tests.service.in_process import copy_database
from tests.service.signed_in import SignedIn, hosted_service


@pytest.fixture
def hosted(tmp_path: Path, migrated_file: Path) -> Iterator[Service]:
    """A service with accounts."""
    copy_database(migrated_file, tmp_path / "data")
    with hosted_service(tmp_path / "data") as service:
        yield service


@pytest.fixture
def office(hosted: Service) -> Office:
    """An adviser with a cohort."""
    return Office(hosted)


@pytest.fixture
def applicant(office: Office) -> SignedIn:
    """An applicant of the cohort."""
    return office.add("applicant", "Ben Applicant")
