"""The paths of the Graph API that the project uses, of any version, and how their bodies are read."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import orjson
from aiohttp import BodyPartReader, web

from tests.fakes.graph_account import AccountEvents
from tests.fakes.graph_bounds import check_mark
from tests.fakes.graph_delivery import Delivery
from tests.fakes.graph_errors import GraphError, missing, nothing_there, wrong
from tests.fakes.graph_limits import Limits
from tests.fakes.graph_state import State
from tests.fakes.graph_templates import asked_fields

_PATH = re.compile(r"/v\d+\.\d+/([^/]+)(?:/([a-z_]+))?")
_ATTACHMENTS = "/whatsapp_business/attachments/"
_LARGEST = 101 * 1024 * 1024
_NUMBER_USUAL = (
    *("verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type"),
    *("throughput", "id"),
)


class Routes:
    """Finds what a call is for and answers it."""

    def __init__(self, state: State, delivery: Delivery, limits: Limits, events: AccountEvents) -> None:
        self._state = state
        self._delivery = delivery
        self._limits = limits
        self._events = events
        self.base_url = ""

    async def read(self, request: web.BaseRequest) -> Any:
        """The body: an object of JSON, or the parts of a form. Raises 100."""
        if request.method != "POST":
            return dict(request.query)
        if request.content_type == "multipart/form-data":
            return await _parts(request)
        data = await request.read()
        if not data:
            return {}
        if request.content_type != "application/json":
            raise GraphError(100, f"Content-Type {request.content_type} is not supported")
        try:
            given = orjson.loads(data)
        except orjson.JSONDecodeError:
            raise GraphError(100, "The body is not valid JSON") from None
        if not isinstance(given, dict):
            raise GraphError(100, "The body must be an object")
        return given

    async def answer(self, request: web.BaseRequest, given: Any) -> web.Response:
        """Raises GraphError."""
        if request.path == _ATTACHMENTS:
            return self._download(given)
        found = _PATH.fullmatch(request.path)
        if found is None:
            raise GraphError(100, f"Unknown path components: {request.path}", status=404)
        return _json(self._object(request, found[1], found[2] or "", given))

    def _object(self, request: web.BaseRequest, owner: str, edge: str, given: Any) -> Any:
        account, verb = self._state.account, request.method
        if owner == account.number_id:
            return self._number(verb, edge, given)
        if owner == account.id:
            return self._account(verb, edge, given)
        if edge:
            raise nothing_there(owner)
        if owner in self._state.templates.all:
            return self._template(verb, owner, given)
        return self._medium(verb, owner)

    def _number(self, verb: str, edge: str, given: Any) -> Any:
        match verb, edge:
            case "POST", "messages" if "status" in given:
                return self._mark(given)
            case "POST", "messages":
                return self._delivery.accept(given)
            case "POST", "media":
                return {"id": self._upload(given)}
            case "GET", "":
                return self._number_fields(given)
        raise GraphError(100, f"Unsupported {verb.lower()} request: {edge}")

    def _account(self, verb: str, edge: str, given: Any) -> Any:
        templates, account = self._state.templates, self._state.account
        match verb, edge:
            case "GET", "message_templates":
                return templates.page(given, f"{self.base_url}/v26.0/{account.id}/message_templates")
            case "POST", "message_templates":
                made = templates.create(given)
                return {"id": made.id, "status": made.status, "category": made.category}
            case "DELETE", "message_templates":
                templates.delete(given.get("name"), given.get("hsm_id"))
                return {"success": True}
            case "POST", "subscribed_apps":
                account.subscribed = True
                return {"success": True}
            case "GET", "subscribed_apps":
                app = {"whatsapp_business_api_data": {"id": "67084447", "name": account.name}}
                return {"data": [app] if account.subscribed else []}
            case "GET", "phone_numbers":
                return {"data": [self._number_fields(given)]}
            case "GET", "":
                return {"id": account.id, "name": account.name, "timezone_id": "62", "message_template_namespace": "x"}
        raise GraphError(100, f"Unsupported {verb.lower()} request: {edge}")

    def _template(self, verb: str, owner: str, given: Any) -> Any:
        if verb == "POST":
            self._state.templates.edit(owner, given)
            return {"success": True}
        if verb == "GET":
            return self._state.templates.one(owner, given)
        raise GraphError(100, f"Unsupported {verb.lower()} request")

    def _medium(self, verb: str, owner: str) -> Any:
        if verb == "GET":
            return self._state.media.described(owner, self.base_url)
        if verb == "DELETE":
            del self._state.media.files[self._state.media.get(owner).id]
            return {"success": True}
        raise nothing_there(owner)

    def _mark(self, given: dict[str, Any]) -> dict[str, Any]:
        """Mark a message as read, with the typing indicator or without."""
        check_mark(given)
        person = self._state.incoming.get(str(given["message_id"]))
        if person is None:
            raise wrong("message_id is not a message that was received")
        self._state.marks.append(given)
        if "typing_indicator" in given:
            self._delivery.types(person)
        return {"success": True}

    def _upload(self, given: dict[str, Any]) -> str:
        for needed in ("messaging_product", "file"):
            if needed not in given:
                raise missing(needed)
        mime, data = given["file"]
        return self._state.media.upload(given.get("type", mime), data)

    def _download(self, given: dict[str, str]) -> web.Response:
        found = self._state.media.fetch(given.get("mid", ""))
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found.data, headers={"Content-Type": found.mime})

    def _number_fields(self, given: dict[str, str]) -> dict[str, Any]:
        account, tier = self._state.account, self._limits.tier_name()
        every = {
            "id": account.number_id,
            "verified_name": account.name,
            "code_verification_status": "VERIFIED",
            "display_phone_number": f"+{account.display_number}",
            "quality_rating": account.quality,
            "platform_type": "CLOUD_API",
            "throughput": {"level": account.throughput},
            "status": account.status,
            "name_status": "APPROVED",
            "account_mode": "LIVE",
            "messaging_limit_tier": tier,
            "whatsapp_business_manager_messaging_limit": tier,
            "health_status": {"can_send_message": "BLOCKED" if account.locked else "AVAILABLE", "entities": []},
        }
        return {name: every[name] for name in (*asked_fields(given, _NUMBER_USUAL, set(every)), "id")}


def large_request(message: Any, payload: Any, protocol: Any, writer: Any, task: asyncio.Task[None]) -> web.BaseRequest:
    """A request that may be as large as the largest document."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_LARGEST)


async def _parts(request: web.BaseRequest) -> dict[str, Any]:
    """Fields by name; the file as (type, bytes)."""
    given: dict[str, Any] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise GraphError(100, "The form has a part that is none")
        data = bytes(await part.read())
        if part.filename is None:
            given[part.name] = data.decode()
        else:
            given[part.name] = part.headers.get("Content-Type", "application/octet-stream"), data
    return given


def _json(answer: Any) -> web.Response:
    return web.Response(body=orjson.dumps(answer), content_type="application/json")
