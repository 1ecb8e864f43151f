"""What an operator may set, all of it in the environment; every setting has a default but the secrets."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.app.secret import Secrets
from bot.app.secret_files import SecretFileError, from_files
from programme.model.controllers import DataController

DEFAULT_DATABASE = "sqlite:///sobat.db"
"""Where the real bot keeps everything, unless an operator says otherwise."""

FREE_RATE = 30.0
"""Messages a second that Telegram permits without being paid: core.telegram.org/bots/faq, as of 2025."""

WHATSAPP_RATE = 80.0
"""Messages a second that Meta permits a number before it has been raised: shared/whatsapp/FACTS, November 2026."""

GRAPH = "https://graph.facebook.com/v26.0"
"""Meta's own server, in the version that its pages showed in November 2026."""


class LogFormat(StrEnum):
    """How a record is written: `auto` is for people where somebody looks on, and one plain line where not."""

    AUTO = "auto"
    PLAIN = "plain"
    JSON = "json"


class Level(StrEnum):
    """From which level on our own records are written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class WrongSetting(ValueError):
    """A setting can't be used; the sentence says which and what to write instead."""


def _token(token: SecretStr | None) -> SecretStr | None:
    if token is not None and not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token.get_secret_value()):
        raise ValueError("that is no token; copy it from @BotFather, such as 123456789:AAH...")
    return token


def _database(url: str | None) -> str | None:
    if url is not None and not url.startswith(("sqlite://", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
    return url


def _https(url: str | None) -> str | None:
    if url is not None and not url.startswith("https://"):
        raise ValueError("Telegram calls webhooks by https:// only")
    return url


_LONG_AND_PLAIN = "16 to 256 of A-Z, a-z, 0-9, _ and -"


def _strong(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()):
        raise ValueError(f"expected {_LONG_AND_PLAIN}")
    return secret


def _groups(written: str | None) -> str | None:
    if written is not None and not re.fullmatch(r"\s*-\d+\s*(,\s*-\d+\s*)*", written):
        raise ValueError("expected the group's chat id such as -1001234567890, several separated by commas")
    return written


_FEWEST, _FEWEST_KINDS = 16, 6


def _unguessable(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None:
        value = secret.get_secret_value().strip()
        if len(value) < _FEWEST or len(set(value)) < _FEWEST_KINDS:
            raise ValueError(
                f"too easy to guess: at least {_FEWEST} characters by chance, such as "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(32))' prints. Was a short one in use until "
                "now, set it as SOBAT_SECRET_OLD beside the new one"
            )
    return secret


def _digits(written: str | None) -> str | None:
    if written is not None and not re.fullmatch(r"\d{5,32}", written):
        raise ValueError("expected the id in digits, as Meta's page API Setup shows it")
    return written


def _age_key(key: str | None) -> str | None:
    if key is not None and not re.fullmatch(r"age1[a-z0-9]{20,}", key):
        raise ValueError("expected a public key such as age1..., as age-keygen prints it; the private one stays away")
    return key


def _graph(url: str) -> str:
    if not re.fullmatch(r"https?://\S+", url):
        raise ValueError("expected the address of a Graph server with its version, such as https://HOST/v26.0")
    return url.rstrip("/")


def _collector(url: str | None) -> str | None:
    if url is not None and not re.fullmatch(r"https?://\S+", url):
        raise ValueError("expected the collector's address by HTTP, such as http://127.0.0.1:4318")
    return url


def _dsn(dsn: SecretStr | None) -> SecretStr | None:
    if dsn is not None and not re.fullmatch(r"https?://[^@\s]+@[^/\s]+/\S+", dsn.get_secret_value()):
        raise ValueError("expected the project's DSN as Sentry shows it, such as https://KEY@HOST/NUMBER")
    return dsn


def _web(url: str | None) -> str | None:
    if url is None:
        return None
    if not re.fullmatch(r"https://\S+|http://(localhost|127\.0\.0\.1)(:\d+)?/?", url):
        raise ValueError("expected an https address, such as https://console.example.org, or http://127.0.0.1:8090")
    return url.rstrip("/")


class Settings(BaseSettings):
    """The settings, each by the environment variable of its name in capitals."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")

    telegram_token: Annotated[SecretStr | None, AfterValidator(_token)] = Field(
        None, description="Token from @BotFather: serves the real bot"
    )
    telegram_base_url: str = Field("https://api.telegram.org", description="Any Bot API server")
    telegram_webhook_url: Annotated[str | None, AfterValidator(_https)] = Field(
        None, description="Public https address of this server: webhook instead of long polling"
    )
    telegram_webhook_secret: Annotated[SecretStr | None, AfterValidator(_strong)] = Field(
        None, description="Proves that a webhook call comes from Telegram; needed with TELEGRAM_WEBHOOK_URL"
    )
    telegram_staff_group: Annotated[str | None, AfterValidator(_groups)] = Field(
        None, description="Chat id of the staff's forum group, or several separated by commas: opens the helpdesk there"
    )
    telegram_rate: float = Field(
        FREE_RATE, gt=0, le=1000, description="Messages a second that Telegram permits: 30 free, up to 1000 when paid"
    )
    telegram_paid_broadcast: bool = Field(
        default=False, description="Pay Stars for announcements above the free rate (allow_paid_broadcast)"
    )
    whatsapp_token: SecretStr | None = Field(
        None, description="Permanent token of a system user at Meta: serves WhatsApp, alone or beside Telegram"
    )
    whatsapp_phone_number_id: Annotated[str | None, AfterValidator(_digits)] = Field(
        None, description="Id of the number that writes, in digits; needed with WHATSAPP_TOKEN"
    )
    whatsapp_account_id: Annotated[str | None, AfterValidator(_digits)] = Field(
        None, description="Id of the WhatsApp Business Account, in digits; needed with WHATSAPP_TOKEN"
    )
    whatsapp_app_secret: SecretStr | None = Field(
        None, description="The app's secret: proves that a webhook call comes from Meta; needed with WHATSAPP_TOKEN"
    )
    whatsapp_verify_token: SecretStr | None = Field(
        None, description="Word of your own that Meta repeats when the webhook is set up; needed with WHATSAPP_TOKEN"
    )
    whatsapp_base_url: Annotated[str, AfterValidator(_graph)] = Field(GRAPH, description="Any Graph server")
    whatsapp_rate: float = Field(
        WHATSAPP_RATE, gt=0, le=1000, description="Messages a second that Meta permits the number: 80, up to 1000"
    )
    whatsapp_tier: int | None = Field(
        None,
        ge=1,
        description="People a day who may be written to without having written themselves; else as Meta told last",
    )
    database_url: Annotated[str | None, AfterValidator(_database)] = Field(
        None, description="sqlite:///FILE or postgresql://...; the demonstration keeps everything in memory"
    )
    sobat_secret: Annotated[SecretStr | None, AfterValidator(_unguessable)] = Field(
        None, description="Secret behind phone hashes and button signatures; else derived from the token"
    )
    sobat_secret_old: SecretStr | None = Field(
        None, description="Secrets of before, or the token it came from, separated by spaces: accepted until re-keyed"
    )
    backup_key: Annotated[str | None, AfterValidator(_age_key)] = Field(
        None, description="Public key of age, age1...: sobat backup seals for it; the private one belongs elsewhere"
    )
    operator_name: str | None = Field(
        None, description="Who answers for people's data, the controller of Law 27/2022: told by /privasi"
    )
    operator_contact: str | None = Field(
        None, description="How people reach them about their data, such as an address or a number: told by /privasi"
    )
    web_chat: bool = Field(default=False, description="on: beside the real bot, serve the chat page at / as well")
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(8080, ge=1, le=65535, description="Port to listen on")
    log_format: LogFormat = Field(
        LogFormat.AUTO, description="auto: for people on a terminal, else a plain line a record; plain; json"
    )
    log_level: Level = Field(Level.INFO, description="From which level on is logged: debug, info, warning, error")
    metrics_host: str = Field("127.0.0.1", description="Address on which METRICS_PORT is served")
    metrics_port: int | None = Field(
        None, ge=1, le=65535, description="Port of /metrics, /healthz and /readyz, one for each process; else none"
    )
    otel_exporter_otlp_endpoint: Annotated[str | None, AfterValidator(_collector)] = Field(
        None, description="Base address of an OpenTelemetry collector: spans go there; needs the extra `telemetry`"
    )
    sentry_dsn: Annotated[SecretStr | None, AfterValidator(_dsn)] = Field(
        None, description="Address of a Sentry project: errors go there as the log has them; needs the same extra"
    )
    console_port: int = Field(8090, ge=1, le=65535, description="Port of `sobat run --only console`, another one")
    console_url: Annotated[str | None, AfterValidator(_web)] = Field(
        None,
        description="Address at which the staff's browsers find the console: opens the helpdesk there; without it "
        "/konsol gives no link",
    )
    console_folder: str | None = Field(
        None, description="Folder for lists that staff send to be imported, gone after a day; else beside the database"
    )

    @property
    def staff_groups(self) -> tuple[str, ...]:
        """The staff's groups; none where they have none, or work at the console alone."""
        return tuple(filter(None, (group.strip() for group in (self.telegram_staff_group or "").split(","))))

    @property
    def controller(self) -> DataController | None:
        """Who answers for people's data; None where not both were set."""
        if self.operator_name is None or self.operator_contact is None:
            return None
        return DataController(self.operator_name, self.operator_contact)

    @property
    def has_helpdesk(self) -> bool:
        """Whether people are there to whom somebody may be passed on: in a group, or at the console."""
        return bool(self.staff_groups) or self.console_url is not None

    @property
    def is_real(self) -> bool:
        """Whether a channel is set that reaches people; else Sobat is a demonstration."""
        return self.telegram_token is not None or self.whatsapp_token is not None

    @property
    def has_own_key(self) -> bool:
        """Whether the key is the operator's own and not the demonstration's."""
        return self.sobat_secret is not None or self.is_real

    @property
    def key(self) -> bytes:
        """The secret behind phone hashes and button signatures."""
        if self.sobat_secret is not None:
            return self.sobat_secret.get_secret_value().encode()
        return _of_token(self.telegram_token.get_secret_value() if self.telegram_token else "demonstration")

    @property
    def former_keys(self) -> tuple[bytes, ...]:
        """Secrets of before that are still accepted; each may have been a secret, or a token that one came from."""
        written = self.sobat_secret_old.get_secret_value().split() if self.sobat_secret_old else ()
        return tuple(key for old in written for key in _either(old))

    @property
    def secrets(self) -> Secrets:
        """The secret in use and those of before."""
        return Secrets.of(self.key, self.former_keys)


_TOKEN = re.compile(r"\d+:[\w-]+|demonstration")


def _either(old: str) -> tuple[bytes, ...]:
    """Return the secret that was in use: what came from a token, where it is one; else the text itself."""
    return (_of_token(old), old.encode()) if _TOKEN.fullmatch(old) else (old.encode(),)


def _of_token(token: str) -> bytes:
    return hmac.digest(b"sobat key", token.encode(), hashlib.sha256)


def secret_settings() -> tuple[str, ...]:
    """Return the settings that are secrets, in capitals: each may be given as a file, NAME_FILE."""
    secret = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)]
    return tuple(name.upper() for name in (*secret, "database_url"))


def _from_files() -> dict[str, Any]:
    return {name.lower(): held for name, held in from_files(secret_settings(), os.environ).items()}


def read_settings() -> Settings:
    """Read the environment. Raises WrongSetting with one clear sentence."""
    try:
        settings = Settings(**_from_files())
    except SecretFileError as error:
        raise WrongSetting(str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "a setting"
        raise WrongSetting(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    if settings.telegram_webhook_url and not settings.telegram_webhook_secret:
        raise WrongSetting(f"TELEGRAM_WEBHOOK_SECRET: needed with TELEGRAM_WEBHOOK_URL, {_LONG_AND_PLAIN}")
    if settings.telegram_rate > FREE_RATE and not settings.telegram_paid_broadcast:
        raise WrongSetting("TELEGRAM_RATE: above 30 a second only with TELEGRAM_PAID_BROADCAST=true, which costs Stars")
    if settings.telegram_webhook_url and not settings.telegram_token:
        raise WrongSetting("TELEGRAM_TOKEN: needed with TELEGRAM_WEBHOOK_URL")
    if settings.staff_groups and not settings.telegram_token:
        raise WrongSetting("TELEGRAM_TOKEN: needed with TELEGRAM_STAFF_GROUP, where the staff answer")
    if settings.console_port == settings.port:
        raise WrongSetting("CONSOLE_PORT: the console is never on one port with a public page: set another than PORT")
    _check_whatsapp(settings)
    return settings


_WITH_WHATSAPP: Mapping[str, str] = MappingProxyType(
    {
        "whatsapp_app_secret": "without it anybody could write in somebody else's name; Meta shows it under App "
        "settings > Basic",
        "whatsapp_phone_number_id": "Meta shows it under WhatsApp > API Setup",
        "whatsapp_account_id": "Meta shows it under WhatsApp > API Setup",
        "whatsapp_verify_token": "any long word of your own, to be typed at Meta beside the webhook's address",
    }
)


def _check_whatsapp(settings: Settings) -> None:
    if settings.whatsapp_token is None:
        if lone := next((name for name in _WITH_WHATSAPP if getattr(settings, name)), None):
            raise WrongSetting(f"WHATSAPP_TOKEN: needed with {lone.upper()}")
        return
    for name, why in _WITH_WHATSAPP.items():
        if not getattr(settings, name):
            raise WrongSetting(f"{name.upper()}: needed with WHATSAPP_TOKEN: {why}")
    if settings.sobat_secret is None and settings.telegram_token is None:
        raise WrongSetting(
            "SOBAT_SECRET: needed with WHATSAPP_TOKEN, whose value changes: at least 16 characters by chance, such as "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(32))' prints"
        )
