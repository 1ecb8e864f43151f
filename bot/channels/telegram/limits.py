"""How long a message and a caption may be on Telegram, in UTF-16 units without the markup.

https://core.telegram.org/bots/api#sendmessage and #sendphoto, as of Bot API 10.0.
"""

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
