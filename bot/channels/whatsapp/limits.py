"""How long each part of a message may be on WhatsApp, in UTF-16 units.

Meta says "characters" and leaves open how an emoji counts. UTF-16 units are the most that any way of counting
makes of a text but bytes, so what fits here fits there.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages, pages *Text messages*,
*Interactive list messages*, *Interactive reply buttons messages* and *Interactive CTA URL button messages*, as of
November 2025. Meta's OpenAPI description v23.0 has 1,024 for the body of a list, too; the page on lists says 4,096.
"""

from typing import Final

TEXT: Final = 4096
BODY: Final = 1024
"""Below buttons, a link or the question for the number."""

CAPTION: Final = 1024
BUTTONS: Final = 3
BUTTON_TITLE: Final = 20
"""Of reply buttons, of the button that opens a list, and of a link."""

ROWS: Final = 10
"""Of a list, all sections together."""

ROW_TITLE: Final = 24
ROW_DESCRIPTION: Final = 72
ROW_ID: Final = 200
FILE_NAME: Final = 240
"""Of a document: none is told; phones keep names of up to 255."""

URL: Final = 2000
"""Of a link that is a button: the figure for templates, since none is told for messages."""
