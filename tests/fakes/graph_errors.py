"""The error codes of the Graph API: their HTTP status, their title, and whether they come late, as a `failed` status.

Titles and HTTP statuses: Meta, WhatsApp support/error-codes; 429 of 130429 and 131056 as dualhook.com/docs/api-errors
has it, 403 of the integrity errors as 360dialog. Which come late is a reading of these pages and of issue threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


@dataclass(frozen=True, slots=True)
class Code:
    """One row: `status` of HTTP where the call is refused; `late` where the call succeeds and a status fails."""

    status: int
    title: str
    late: bool = False


CODES: dict[int, Code] = {
    0: Code(401, "AuthException"),
    1: Code(400, "API Unknown"),
    2: Code(503, "API Service"),
    3: Code(500, "API Method"),
    4: Code(429, "API Too Many Calls"),
    10: Code(403, "Permission Denied"),
    33: Code(400, "Parameter value is not valid"),
    100: Code(400, "Invalid parameter"),
    190: Code(401, "Access token has expired"),
    200: Code(403, "API Permission"),
    368: Code(403, "Temporarily blocked for policies violations"),
    80007: Code(429, "Rate limit issues"),
    130429: Code(429, "Rate limit hit"),
    130472: Code(400, "User's number is part of an experiment", late=True),
    131000: Code(500, "Something went wrong"),
    131005: Code(403, "Access denied"),
    131008: Code(400, "Required parameter is missing"),
    131009: Code(400, "Parameter value is not valid"),
    131016: Code(503, "Service unavailable"),
    131021: Code(400, "Recipient cannot be sender"),
    131026: Code(400, "Message undeliverable", late=True),
    131030: Code(400, "Recipient phone number not in allowed list"),
    131031: Code(403, "Account has been locked"),
    131037: Code(400, "WhatsApp provided number needs display name approval before message can be sent."),
    131042: Code(400, "Business eligibility payment issue", late=True),
    131045: Code(500, "Incorrect certificate"),
    131047: Code(400, "Re-engagement message", late=True),
    131048: Code(429, "Spam rate limit hit", late=True),
    131049: Code(400, "This message was not delivered to maintain healthy ecosystem engagement.", late=True),
    131050: Code(400, "User has stopped marketing messages", late=True),
    131051: Code(400, "Unsupported message type"),
    131052: Code(400, "Media download error", late=True),
    131053: Code(400, "Media upload error", late=True),
    131056: Code(429, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: Code(503, "Account in maintenance mode"),
    132000: Code(400, "Template Param Count Mismatch"),
    132001: Code(404, "Template does not exist"),
    132005: Code(400, "Template Hydrated Text Too Long"),
    132007: Code(400, "Template Format Character Policy Violated"),
    132012: Code(400, "Template Parameter Format Mismatch"),
    132015: Code(400, "Template is Paused"),
    132016: Code(400, "Template is Disabled"),
    132018: Code(400, "Template parameters invalid"),
    132068: Code(400, "Flow is blocked"),
    133016: Code(429, "Account register deregister rate limit exceeded"),
}


class GraphError(Exception):
    """The server refuses a call with `code`; `details` say what of it, as `error_data.details` does."""

    def __init__(self, code: int, details: str = "", *, subcode: int | None = None, status: int | None = None) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details
        self.subcode = subcode
        self.status = status or known(code).status

    def body(self) -> dict[str, Any]:
        """Graph's shape of a refusal (the description: GraphAPIError; `error_data` as Meta's error page has it)."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {known(self.code).title}",
            "type": "OAuthException",
            "code": self.code,
            "fbtrace_id": "AXsgnV2Cm3ZMGF3dF_cfYIn",
        }
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}


def known(code: int) -> Code:
    """The row of `code`; a code without one is a plain 400."""
    return CODES.get(code, Code(400, "Unknown error"))


def failure(code: int, details: str = "") -> dict[str, Any]:
    """The error inside a `failed` status, in the shape of the kept webhook `message_status.json`, `failed`."""
    title = known(code).title
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details or title},
        "href": HREF,
    }


def missing(name: str) -> GraphError:
    return GraphError(131008, f"The parameter {name} is required.")


def wrong(details: str) -> GraphError:
    return GraphError(131009, details)


def nothing_there(what: str) -> GraphError:
    """Graph answers 400 with 100 and subcode 33 for an object that is not there, not 404."""
    details = (
        f"Unsupported request. Object with ID '{what}' does not exist, cannot be loaded due to missing permissions, "
        "or does not support this operation."
    )
    return GraphError(100, details, subcode=33)
