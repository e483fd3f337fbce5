"""The whole set-up starts, serves through its proxy, and goes on when a node ends."""

from pathlib import Path

import httpx
import pytest

from tests.hosting.setup import CohortSetup
from tests.service.running import eventually

pytestmark = [pytest.mark.postgresql, pytest.mark.long]


def test_the_proxy_goes_on_with_the_other_node(tmp_path: Path) -> None:
    with CohortSetup(tmp_path / "cohort", workers=1) as cohort:
        assert cohort.parts == ["postgresql", "storage", "node-1", "node-2", "worker-1", "proxy"]
        with httpx.Client(base_url=cohort.origin, timeout=30) as client:
            assert client.get("/health").json() == {"status": "ok"}
            cohort.kill("node-1")
            assert [client.get("/health").status_code for _ in range(10)] == [200] * 10
            cohort.start("node-1")
            cohort.kill("node-2")
            # The proxy leaves a node out for a second after it was not there.
            eventually(lambda: client.get("/health").status_code == 200)
            assert [client.get("/health").status_code for _ in range(10)] == [200] * 10
        ready = f"{cohort.address('node-1')}/ready"
        cohort.kill("postgresql")
        assert httpx.get(ready, timeout=30).json()["database"] == "unavailable"
        cohort.start("postgresql")
        cohort.wait_until_whole()
        assert httpx.get(ready).json() == {"node": "ok", "database": "ok", "storage": "ok"}
