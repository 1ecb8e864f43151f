"""A strict stand-in for Meta's shelf of templates: lists in pages, takes in, edits; it refuses as Meta does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

ACCOUNT = "102290129340398"
APP = "670843887433847"
TOKEN = "EAAG-a-token"
HANDLE = "4:YmF0YXM=:aW1hZ2UvcG5n:ARa1"
PAGE = 40


class Refusal(Exception):
    """What Graph answers with 400."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.body = {"error": {"message": message, "code": code, "error_subcode": 0}}


@dataclass
class TemplateShelf:
    """The templates that Meta keeps, each by its id; `most` are taken in, then it asks to wait."""

    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    most: int = 1000
    base_url: str = ""
    edits: list[str] = field(default_factory=list)
    expects: int = 0
    sent: list[tuple[str, str, str]] = field(default_factory=list)

    def named(self, name: str, language: str = "id") -> dict[str, Any]:
        return next(one for one in self.kept.values() if (one["name"], one["language"]) == (name, language))

    def approve_all(self, quality: str = "GREEN") -> None:
        for one in self.kept.values():
            one |= {"status": "APPROVED", "quality_score": {"score": quality}}

    def page(self, query: Mapping[str, str]) -> dict[str, Any]:
        fields = [*query.get("fields", "").split(","), "id"]
        begin, all_of_them = int(query.get("after", 0)), list(self.kept.values())
        chosen = [
            {key: value for key, value in one.items() if key in fields} for one in all_of_them[begin : begin + PAGE]
        ]
        more = {"next": "https://..."} if begin + PAGE < len(all_of_them) else {}
        return {"data": chosen, "paging": {"cursors": {"before": str(begin), "after": str(begin + PAGE)}, **more}}

    def take_in(self, body: dict[str, Any]) -> dict[str, Any]:
        if len(self.kept) >= self.most:
            raise Refusal(80008, "There have been too many calls to this WhatsApp Business account.")
        if any((one["name"], one["language"]) == (body["name"], body["language"]) for one in self.kept.values()):
            raise Refusal(100, "Content in this language already exists")
        self._look_over(body)
        number = str(1000 + len(self.kept))
        self.kept[number] = {"id": number, "status": "PENDING", "rejected_reason": "NONE", **body}
        return {"id": number, "status": "PENDING", "category": body["category"]}

    def edit(self, number: str, body: dict[str, Any]) -> dict[str, Any]:
        if self.kept[number]["status"] == "APPROVED" and "category" in body:
            raise Refusal(100, "The category of an approved template can't be edited")
        self.kept[number] |= {**body, "status": "PENDING"}
        self.edits.append(number)
        return {"success": True}

    def upload(self, place: str, data: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """Begin an upload with its measure, then take the file itself."""
        if not place.startswith("upload:"):
            asked = parse_qs(urlsplit(place).query)
            self.expects = int(asked["file_length"][0])
            return {"id": "upload:MTphdHRhY2htZW50"}
        if len(data) != self.expects or headers.get("file_offset") != "0":
            raise Refusal(100, "The file is not what was announced")
        return {"h": HANDLE}

    def send(self, body: dict[str, Any]) -> dict[str, Any]:
        """Take a message; the strict server of the other tests looks at it more closely."""
        kept = self.named(body["template"]["name"], body["template"]["language"]["code"])
        if kept["status"] != "APPROVED":
            raise Refusal(132001, "Template name does not exist in the translation")
        self.sent.append((body["to"], kept["name"], kept["language"]))
        return {"messages": [{"id": f"wamid.{len(self.sent)}"}]}

    def _look_over(self, body: dict[str, Any]) -> None:
        parts = {part["type"]: part for part in body["components"]}
        text, places = parts["BODY"]["text"], re.findall(r"{{(\d+)}}", parts["BODY"]["text"])
        if places != [str(place) for place in range(1, len(places) + 1)]:
            raise Refusal(100, "Variables are not in their order")
        if re.search(r"^\W*{{|}}\W*$|}}[^\w{}]*{{", text):
            raise Refusal(100, "Variables can't be at the start or end, or side by side")
        if len(parts["BODY"].get("example", {}).get("body_text", [[]])[0]) != len(places):
            raise Refusal(100, "Message template is missing its examples")
        if "HEADER" in parts and parts["HEADER"]["example"]["header_handle"] != [HANDLE]:
            raise Refusal(100, "The header has no sample that was uploaded")
        footer = parts["FOOTER"]["text"]
        for one in self.kept.values():
            theirs = {part["type"]: part for part in one["components"]}
            if (theirs["BODY"]["text"], theirs["FOOTER"]["text"]) == (text, footer):
                raise Refusal(100, "The template is a duplicate of an existing one")
        if not 30 <= body["message_send_ttl_seconds"] <= 43_200:
            raise Refusal(100, "message_send_ttl_seconds is out of bounds")


@contextmanager
def opened_shelf() -> Iterator[TemplateShelf]:
    """Serve a shelf on a port of this machine for the length of a block."""
    shelf = TemplateShelf()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/v26.0/app":
                self._answer(lambda: {"id": APP})
                return
            assert address.path == f"/v26.0/{ACCOUNT}/message_templates"
            self._answer(lambda: shelf.page({key: value[0] for key, value in parse_qs(address.query).items()}))

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            place = self.path.removeprefix("/v26.0/")
            if place.startswith((f"{APP}/uploads", "upload:")):
                self._answer(lambda: shelf.upload(place, data, dict(self.headers)))
                return
            if place.endswith("/media"):
                self._answer(lambda: {"id": "17"})
                return
            body = json.loads(data)
            if place.endswith("/messages"):
                self._answer(lambda: shelf.send(body))
            elif place == f"{ACCOUNT}/message_templates":
                self._answer(lambda: shelf.take_in(body))
            else:
                self._answer(lambda: shelf.edit(place, body))

        def _answer(self, find: Any) -> None:
            try:
                allowed = self.headers["Authorization"] in {f"Bearer {TOKEN}", f"OAuth {TOKEN}"}
                status, answer = (200, find()) if allowed else (400, Refusal(190, "Invalid OAuth access token").body)
            except Refusal as refusal:
                status, answer = 400, refusal.body
            written = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shelf.base_url = f"http://127.0.0.1:{server.server_port}/v26.0"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield shelf
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
