"""Whatever a request holds, it is answered with a problem and never with a stack trace or a status of 5xx.

Every route of the API description is asked with values that other programs have choked on, in each place
where a value can stand: the path, the query, the headers and the body.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from service.app import create_application
from service.dependencies import Service
from tests.service.own_loop import in_own_loop

CONCURRENT = 4

PATH_VALUES = ("%00", "%ff", "%ed%a0%80", "..%2f..", "%0d%0aSet-Cookie:a=b", "9" * 5000, "-1", "%F0%9F%8E%A4")


def cursor_of(value: object) -> str:
    """A cursor as the service writes it, with other contents."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


MOMENT = "2026-11-20T10:00:00+00:00"
CURSORS = (
    cursor_of([[MOMENT], ["a"]]),
    cursor_of([MOMENT, "\ud800"]),
    cursor_of([MOMENT, "\0"]),
    cursor_of([MOMENT, {"a": 1}]),
    cursor_of(["0001-01-01T00:00:00+23:59", "a" * 24]),
    cursor_of(["9999-12-31T23:59:59-23:59", "a" * 24]),
    cursor_of(["2026-11-20T10:00:00", "a" * 24]),
    base64.urlsafe_b64encode(b"[" * 40_000).decode(),
)
QUERY_VALUES = (
    "",
    "%00",
    "%ff",
    "%ed%a0%80",
    "9" * 5000,
    "-1",
    "1e400",
    "NaN",
    "[]",
    "%22",
    "0001-01-01",
    "9999-W53",
)
HEADERS = {
    "origin": ("http://[", "http://[::1", "//", "null", "http://localhost:99999999", "\xff"),
    "host": ("[", "localhost:http", "[::1"),
    "last-event-id": ("9" * 30, "9" * 5000, "-1", "1.5", "\xb2", "\xff"),
    "range": (
        "bytes=",
        "bytes=-",
        "bytes=9-1",
        f"bytes={'9' * 5000}-",
        "bytes=" + "0-0," * 1000,
        "items=0-1",
    ),
    "content-type": (
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "\xff",
        "application/json; charset=\xff",
    ),
    "content-length": ("-1", "9" * 400, "1.5"),
    "accept": ("\xff", "," * 5000),
    "if-none-match": ("\xff",),
    "if-range": ("\xff", "Thu, 99 Foo 9999 99:99:99 GMT"),
    "sec-fetch-site": ("\xff", ""),
}
BODIES = (
    b"",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"title": "\\ud800", "question": "\\u0000", "words": "\\udfff"}',
    b'{"title": {"a": [1]}, "chunks": 1e400, "items": null}',
    b'{"chunks": 99999999999999999999999, "paused_at": [NaN, Infinity]}',
    b'"' + b"9" * 5000,
    b"9" * 5000,
    b"null",
)


def strings_in(schema: dict[str, Any], schemas: dict[str, Any], text: str, depth: int = 0) -> Any:
    """A value for a schema of the API description, with one odd text wherever a text may stand."""
    if "$ref" in schema:
        return strings_in(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, text, depth)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return strings_in(schema[choice][0], schemas, text, depth)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object" if depth < 5:
            properties = schema.get("properties", {})
            return {name: strings_in(each, schemas, text, depth + 1) for name, each in properties.items()}
        case "array":
            return [strings_in(schema.get("items", {}), schemas, text, depth + 1)]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
    return text


def requests_of(
    method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any], known: dict[str, str]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Requests to one operation, each odd in one place: method, address, and what httpx sends."""
    names = [each["name"] for each in operation.get("parameters", []) if each["in"] == "path"]
    queries = [each for each in operation.get("parameters", []) if each["in"] == "query"]

    def address(**odd: str) -> str:
        filled = path
        for name in names:
            filled = filled.replace("{" + name + "}", odd.get(name, known.get(name, "0")))
        return filled

    # The parameters without which the request would be refused before the odd one is looked at.
    needed = "&".join(f"{each['name']}=2026-11-20" for each in queries if each.get("required"))
    for name in names:
        for value in PATH_VALUES:
            yield method, f"{address(**{name: value})}?{needed}", {"json": {}}
    for each in queries:
        rest = "&".join(
            part for part in needed.split("&") if part and not part.startswith(f"{each['name']}=")
        )
        for value in CURSORS if each["name"] == "cursor" else QUERY_VALUES:
            yield method, f"{address()}?{each['name']}={value}&{rest}", {"json": {}}
    for header, values in HEADERS.items():
        for value in values:
            headers = [(header.encode(), value.encode("latin-1"))]
            yield method, f"{address()}?{needed}", {"headers": headers, "content": b"{}"}
    if method not in {"get", "head"}:
        for body in BODIES:
            yield method, address(), {"content": body, "headers": {"content-type": "application/json"}}
        media = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if media:
            for text in ("\ud800", "\0", "x" * 20_000, "9" * 5000):
                body = json.dumps(strings_in(media["schema"], schemas, text)).encode()
                yield method, address(), {"content": body, "headers": {"content-type": "application/json"}}


def all_requests(service: Service, application: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    """The odd requests to every operation of the API description."""
    description = application.openapi()
    known = {"answer": new_answer(service), "number": "0", "week": "2026-W47"}
    operations = [
        (method, path, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    # Those that read come first, because others delete the answer.
    operations.sort(key=lambda each: ("get", "put", "patch", "post", "delete").index(each[0]))
    return [
        request
        for operation in operations
        for request in requests_of(*operation, description["components"]["schemas"], known)
    ]


def new_answer(service: Service) -> str:
    """An answer with one chunk."""
    from service.schemas import NewAnswer

    intake = service.intake("local")
    answer = intake.create(NewAnswer(title="odd"))
    intake.put(answer.id, 0, b"sound")
    return cast(str, answer.id)


async def answered(application: FastAPI, requests: list[tuple[str, str, dict[str, Any]]]) -> list[str]:
    """The requests that were answered with 5xx, with something else than a problem, or not at all."""
    wrong: list[str] = []
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:

        async def send(share: list[tuple[str, str, dict[str, Any]]]) -> None:
            for method, address, sent in share:
                try:
                    response = await client.request(method, address, **sent)
                except Exception as error:  # noqa: BLE001 - reported as what it is: a stack trace
                    wrong.append(f"{method} {address[:120]} {str(sent)[:120]}: {error!r}")
                    continue
                kind = response.headers.get("content-type", "")
                is_problem = kind == "application/problem+json" and "code" in response.json()
                plain = response.status_code in {304, 416} or "boundary" in kind
                if response.status_code >= 500 or (response.status_code >= 400 and not (is_problem or plain)):
                    wrong.append(f"{method} {address[:120]} {str(sent)[:120]}: {response.status_code} {kind}")

        await asyncio.gather(*(send(requests[first::CONCURRENT]) for first in range(CONCURRENT)))
    return wrong


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        pytest.param("sqlite", 12, id="some"),
        pytest.param("sqlite", 1, id="all", marks=pytest.mark.long),
        pytest.param("postgresql", 1, id="postgresql", marks=[pytest.mark.long, pytest.mark.postgresql]),
    ],
)
def test_every_route_answers_odd_requests_with_a_problem(
    new_service: Callable[[str, Path], Service],
    tmp_path: Path,
    kind: str,
    share: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    service = new_service(kind, tmp_path)
    application = create_application(service)
    # An event stream never ends by itself.
    service.events.close()
    requests = all_requests(service, application)
    assert len(requests) > 1500
    assert in_own_loop(answered(application, requests[::share])) == []
    assert "unexpected" not in caplog.text
