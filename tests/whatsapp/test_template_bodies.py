"""What is sent to Meta about templates, held against Meta's own description."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.buttons import ButtonSigner
from bot.channels.whatsapp.addresses import recipient
from bot.channels.whatsapp.template_bodies import Json, body_of, definition_of, edit_of
from bot.channels.whatsapp.templates import Template, load_templates
from handlers.dialogue.register import conversations
from programme.model.messages import Notice, Open
from programme.notices import PLACES, longest, notice
from tests.rows import of_each
from tests.whatsapp.openapi import misfits, needs_description, schema_of

SIGNER = ButtonSigner(b"a key for tests")
TEMPLATES = load_templates().all


def told(template: Template) -> Notice:
    return notice(template.notice, template.language, **{place: template.examples[place] for place in template.places})


def sent(template: Template) -> Json:
    return body_of(template, told(template), SIGNER.write, image="17" if template.picture else None)


def defined(template: Template) -> Json:
    return definition_of(template, sample="4::aW" if template.picture else None)


@needs_description
@of_each("template", TEMPLATES)
def test_every_message_fits_metas_description(template: Template) -> None:
    body = {**sent(template), **recipient("6281234567890")}
    assert list(misfits(body, schema_of("/{Version}/{Phone-Number-ID}/messages"))) == []


@needs_description
@of_each("template", TEMPLATES)
def test_every_definition_fits_metas_description(template: Template) -> None:
    body = defined(template)
    assert list(misfits(body, schema_of("/{Version}/{WABA-ID}/message_templates"))) == []
    assert (
        list(
            misfits(
                edit_of(template, sample="4::aW" if template.picture else None),
                schema_of("/{Version}/{WABA-ID}/message_templates"),
            )
        )
        == []
    )


@needs_description
def test_the_reader_of_the_description_sees_what_is_wrong() -> None:
    """Else the two above would prove nothing."""
    one = TEMPLATES[0]
    schema = schema_of("/{Version}/{Phone-Number-ID}/messages")
    body = {**sent(one), **recipient("6281234567890")}
    parts = body["template"]["components"]
    wrong = [
        {**body, "type": "letter"},
        {**body, "template": {**body["template"], "language": {"code": "id"}}},
        {**body, "template": {**body["template"], "components": [{"type": "footer", "parameters": []}]}},
        {**body, "template": {**body["template"], "components": [{**parts[0], "parameters": [{"type": "text"}]}]}},
        {**body, "template": {**body["template"], "components": [{**parts[-1], "parameters": []}]}},
    ]
    assert all(list(misfits(each, schema)) for each in wrong)


def test_places_are_numbered_in_their_order() -> None:
    one = next(one for one in TEMPLATES if (one.name, one.language) == ("sobat_deadline_12h", "id"))
    body = next(part for part in defined(one)["components"] if part["type"] == "BODY")
    assert "Halo {{1}}," in body["text"]
    assert "{{2}} adalah {{3}}." in body["text"]
    assert body["example"] == {"body_text": [["Rina", "gelombang 21", "Kamis, 21 Oktober 2021 pukul 23.59 WIB"]]}
    assert defined(one)["message_send_ttl_seconds"] == 43_200
    assert defined(one)["category"] == "UTILITY"


@of_each("template", TEMPLATES)
def test_every_button_opens_a_conversation_that_there_is(template: Template) -> None:
    """Its payload is signed, and small enough for every channel."""
    parts = sent(template)["template"]["components"]
    buttons = [part for part in parts if part["type"] == "button"]
    assert [part["index"] for part in buttons] == [str(place) for place in range(len(template.buttons))]
    for part, button in zip(buttons, template.buttons, strict=True):
        action = SIGNER.read(part["parameters"][0]["payload"])
        assert action == button.action
        assert isinstance(action, Open)
        assert action.conversation in conversations()


def test_a_picture_is_the_header_where_there_is_to_be_one() -> None:
    one, plain = replace(TEMPLATES[0], picture=True), replace(TEMPLATES[0], picture=False)
    first = body_of(one, told(one), SIGNER.write, image="17")["template"]["components"][0]
    assert first == {"type": "header", "parameters": [{"type": "image", "image": {"id": "17"}}]}
    assert definition_of(one, sample="4::aW")["components"][0]["example"] == {"header_handle": ["4::aW"]}
    with pytest.raises(ValueError, match="needs picture"):
        body_of(one, told(one), SIGNER.write)
    with pytest.raises(ValueError, match="takes no picture"):
        body_of(plain, told(one), SIGNER.write, image="17")
    with pytest.raises(ValueError, match="sample"):
        definition_of(one)


def test_a_value_that_is_missing_is_told() -> None:
    with pytest.raises(ValueError, match="needs a value for"):
        body_of(TEMPLATES[0], Notice(TEMPLATES[0].family, "id"), SIGNER.write, image="17")


@of_each("template", TEMPLATES)
def test_even_the_longest_values_stay_within_metas_measure(template: Template) -> None:
    values = {place: "x" * (2 * longest(place)) for place in PLACES[template.notice]}
    told = notice(template.notice, template.language, **values)
    filled = template.body
    for place, value in told.values.items():
        filled = filled.replace(f"{{{place}}}", value)
    assert len(filled) <= 1024


@given(st.text(max_size=2000))
def test_any_value_is_one_line_and_never_empty(text: str) -> None:
    value = notice("announcement", "id", text=text).values["text"]
    assert 0 < len(value) <= 600
    assert not any(each in value for each in ("\n", "\t", "\r", "     "))


def test_a_notice_with_other_values_than_its_own_is_no_notice() -> None:
    with pytest.raises(ValueError, match="tells text"):
        notice("announcement", "id", words="x")
    with pytest.raises(ValueError, match="tells nothing"):
        notice("lottery", "id", text="x")
