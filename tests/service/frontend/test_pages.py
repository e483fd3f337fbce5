"""The documents and files of the pages: what a browser is told at once, and that it comes whole and fast."""

import asyncio
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette

from service.page_files import PageFilesMiddleware
from service.pages import ASKED_FIRST, PAGES, STYLE_SHEET, WEB_FOLDER, modules_of
from service.server import _listen
from service.settings import Settings

_PRELOADED = re.compile(r'<link rel="modulepreload" href="([^"]+)">')
_ASKED_FIRST = re.compile(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">')
_STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


@pytest.mark.parametrize(("address", "place"), PAGES.items())
def test_a_page_names_the_modules_of_its_place(client: TestClient, address: str, place: str) -> None:
    page = client.get(address.format(answer="abc", session="abc"))
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    named = _PRELOADED.findall(page.text)
    assert named == modules_of(place)
    assert {"/static/app.js", "/static/router.js", f"/static/pages/{place}.js"} <= set(named)
    assert len(named) == len(set(named))
    for module in named:
        found = client.get(module)
        assert found.status_code == 200
        assert found.headers["content-type"].startswith("text/javascript")


def test_a_place_brings_no_other_place_along() -> None:
    modules = modules_of("progress")
    assert "/static/progress/trend-charts.js" in modules
    assert "/static/pages/report.js" not in modules


def test_the_style_sheets_come_as_one(client: TestClient) -> None:
    assert _STYLES.findall(client.get("/progress").text) == [STYLE_SHEET]
    together = client.get(STYLE_SHEET)
    assert together.headers["content-type"] == "text/css; charset=utf-8"
    # The page for an address that nothing is at names them one by one.
    named = _STYLES.findall((WEB_FOLDER / "index.html").read_text(encoding="utf-8"))
    assert {f"/static/styles/{path.name}" for path in (WEB_FOLDER / "styles").iterdir()} == set(named)
    one_by_one = [client.get(address).text for address in named]
    assert together.text == "\n".join(one_by_one)
    again = client.get(STYLE_SHEET, headers={"if-none-match": together.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_report_is_asked_for_before_its_page_has_come(client: TestClient) -> None:
    first = [address.format(answer="a1b2") for address in ASKED_FIRST["report"]]
    assert _ASKED_FIRST.findall(client.get("/answers/a1b2").text) == first
    assert _ASKED_FIRST.findall(client.get("/answers").text) == []
    assert _ASKED_FIRST.findall(client.get("/answers/a1b2/takes").text) == []


def test_an_address_cannot_write_into_its_page(client: TestClient) -> None:
    page = client.get("/answers/%22%3E%3Cscript%3E%7Bplace%7D..")
    assert _ASKED_FIRST.findall(page.text)[0] == "/api/answers/%22%3E%3Cscript%3E%7Bplace%7D.."
    assert "<script>{" not in page.text


def test_the_page_itself_knows_the_same_places() -> None:
    main = (WEB_FOLDER / "app.js").read_text(encoding="utf-8")
    imported = set(re.findall(r'import\("\./pages/([\w-]+)\.js"\)', main))
    assert imported == set(PAGES.values())


def test_files_come_with_the_headers_of_every_response_and_are_not_sent_twice(client: TestClient) -> None:
    first = client.get("/static/app.js")
    assert first.text == (WEB_FOLDER / "app.js").read_text(encoding="utf-8")
    assert first.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in first.headers["content-security-policy"]
    again = client.get("/static/app.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/static/app.js", headers={"if-none-match": '"other"'}).status_code == 200


def test_what_is_no_file_is_the_applications(client: TestClient) -> None:
    for path in ("/static/none.js", "/static", "/static/../../service/server.py", "/%2e%2e/README.md"):
        assert client.get(path).status_code == 404
    assert client.head("/static/app.js").status_code == 200
    assert client.post("/static/app.js").status_code in {404, 405}
    assert client.get("/static/app.js", headers={"host": "elsewhere.example"}).status_code == 421


def test_a_file_that_changed_or_went_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_text("1")
    client = TestClient(PageFilesMiddleware(Starlette(), folder=tmp_path))
    assert client.get("/a.js").text == "1"
    file.write_text("22")
    assert client.get("/a.js").text == "22"
    file.unlink()
    assert client.get("/a.js").status_code == 404


def test_a_part_of_joined_files_that_changed_is_noticed(tmp_path: Path) -> None:
    parts = [tmp_path / "a.css", tmp_path / "b.css"]
    for part in parts:
        part.write_text("1")
    client = TestClient(PageFilesMiddleware(Starlette(), folder=tmp_path, joined={"/all.css": parts}))
    assert client.get("/all.css").text == "1\n1"
    parts[1].write_text("22")
    assert client.get("/all.css").text == "1\n22"


def test_no_response_waits_for_an_acknowledgement() -> None:
    """With Nagle's algorithm nearly every one would take 40 ms and more.

    asyncio turns it off only for a listening socket that says that it is TCP. What is looked at is whether it
    did: how long a response takes is up to the machine, too.
    """

    async def sends_at_once() -> bool:
        loop = asyncio.get_running_loop()
        option: asyncio.Future[int] = loop.create_future()

        class Accepted(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                connection = transport.get_extra_info("socket")
                option.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

        with _listen(Settings(port=0)) as listening:
            server = await loop.create_server(Accepted, sock=listening)
            _, writer = await asyncio.open_connection(*listening.getsockname())
            found = await option
            writer.close()
            server.close()
        return bool(found)

    # In a thread of its own: a browser of other tests may have a loop running in this one.
    with ThreadPoolExecutor(1) as executor:
        assert executor.submit(asyncio.run, sends_at_once()).result()
