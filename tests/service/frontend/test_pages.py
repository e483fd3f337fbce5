"""The documents and files of the pages: preloading, headers and caching."""

import asyncio
import hashlib
import json
import re
import socket

import pytest
from fastapi.testclient import TestClient

from service.frontend.pages import (
    FORMER_ADDRESSES,
    PAGE_MODULES,
    PAGES,
    REQUESTED_FIRST,
    STATIC,
    STYLE_SHEET,
    WEB_FOLDER,
)
from service.server import _listen
from service.settings import Settings
from tests.service.own_loop import in_own_loop
from tests.web.import_graph import imported_by, page_modules

_PRELOADED = re.compile(r'<link rel="modulepreload" href="([^"]+)">')
_PRELOADED_REQUEST = re.compile(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">')
_STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


@pytest.mark.parametrize(("address", "page"), PAGES.items())
def test_a_document_preloads_the_modules_of_its_page(client: TestClient, address: str, page: str) -> None:
    response = client.get(re.sub(r"\{[a-z]+\}", "abc", address))
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    preloaded = _PRELOADED.findall(response.text)
    assert len(preloaded) == len(set(preloaded))
    assert set(preloaded) == {f"{STATIC}/{module}" for module in imported_by("app.js", f"pages/{page}.js")}
    for module in preloaded:
        found = client.get(module)
        assert found.status_code == 200
        assert found.headers["content-type"].startswith("text/javascript")


def test_the_listed_modules_are_those_that_are_imported() -> None:
    listed = json.loads(PAGE_MODULES.read_text(encoding="utf-8"))
    assert listed == page_modules(), "write it again: python -m tests.web.import_graph"


def test_a_page_imports_no_other_page() -> None:
    for page, modules in page_modules().items():
        assert [module for module in modules if module.startswith("pages/")] == [f"pages/{page}.js"]


@pytest.mark.parametrize(("former", "address"), FORMER_ADDRESSES.items())
def test_a_former_address_leads_to_the_page(client: TestClient, former: str, address: str) -> None:
    response = client.get(former, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (308, address)
    assert address in PAGES and former not in PAGES


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


def test_a_report_is_requested_by_its_document(client: TestClient) -> None:
    first = [address.format(answer="a1b2") for address in REQUESTED_FIRST["report"]]
    assert _PRELOADED_REQUEST.findall(client.get("/answers/a1b2").text) == first
    assert _PRELOADED_REQUEST.findall(client.get("/answers").text) == []
    assert _PRELOADED_REQUEST.findall(client.get("/answers/a1b2/takes").text) == []


def test_an_address_cannot_inject_html(client: TestClient) -> None:
    page = client.get("/answers/%22%3E%3Cscript%3E%7Bplace%7D..")
    assert _PRELOADED_REQUEST.findall(page.text)[0] == "/api/answers/%22%3E%3Cscript%3E%7Bplace%7D.."
    assert "<script>{" not in page.text


def test_the_page_itself_has_the_same_pages() -> None:
    main = (WEB_FOLDER / "app.js").read_text(encoding="utf-8")
    imported = set(re.findall(r'import\("\./pages/([\w-]+)\.js"\)', main))
    assert imported == set(PAGES.values())


def test_files_have_all_headers_and_are_cached(client: TestClient) -> None:
    first = client.get("/static/app.js")
    assert first.text == (WEB_FOLDER / "app.js").read_text(encoding="utf-8")
    assert first.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in first.headers["content-security-policy"]
    again = client.get("/static/app.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/static/app.js", headers={"if-none-match": '"other"'}).status_code == 200


def test_what_is_spoken_is_served_as_sound(client: TestClient) -> None:
    manifest = client.get("/static/speech/manifest.json").raise_for_status().json()
    sound = manifest["lines"]["line:thank-you"]["files"]["heart"]
    response = client.get(f"/static/speech/{sound['file']}").raise_for_status()
    assert response.headers["content-type"] == "audio/ogg"
    assert hashlib.sha256(response.content).hexdigest() == sound["sha256"]


def test_unknown_files_are_not_found(client: TestClient) -> None:
    for path in ("/static/none.js", "/static", "/static/../../service/server.py", "/%2e%2e/README.md"):
        assert client.get(path).status_code == 404
    assert client.head("/static/app.js").status_code == 200
    assert client.post("/static/app.js").status_code in {404, 405}
    assert client.get("/static/app.js", headers={"host": "elsewhere.example"}).status_code == 421


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

    assert in_own_loop(sends_at_once())
