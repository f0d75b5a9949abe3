"""Settings: frozen, read once from config/kzbot.yaml and the environment, and handed in; nothing reads them at import."""

import difflib
import ipaddress
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from kzbot.errors import SettingsError
from kzbot.logs import mask_shapes
from kzbot.settings_file import PREFIX, PROJECT, Given, read_environment, read_file

DEFAULT_FILE = PROJECT / "config" / "kzbot.yaml"


def _in_project(path: Path) -> Path:
    return PROJECT / path.expanduser()


def _no_truth_value(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a truth value is no number")
    return value


def _listed(value: object) -> object:
    """A list as it is; from the environment also `1, 2`, with or without brackets."""
    if isinstance(value, str):
        return [part.strip() for part in value.strip().strip("[]").split(",") if part.strip()]
    return value


def loopback_address(value: str) -> str:
    """`value` as `http://HOST:PORT`, put together anew from its parts, so that no other program reads another host in it.

    ValueError unless it is a plain http address of this machine: `localhost` or a loopback address, and nothing else.
    """
    parts = urlsplit(value)
    host, port = parts.hostname or "", parts.port
    local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    beside = set(value) & set("@%\\?#") or parts.path not in ("", "/")
    if parts.scheme != "http" or not local or beside:
        raise ValueError("not a plain address of this machine")
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}" if port is None else f"http://{named}:{port}"


ProjectPath = Annotated[Path, AfterValidator(_in_project)]
Snowflake = Annotated[int, BeforeValidator(_no_truth_value), Field(gt=0, lt=2**63)]
Snowflakes = Annotated[tuple[Snowflake, ...], BeforeValidator(_listed)]
Number = Annotated[int, BeforeValidator(_no_truth_value)]


def _setting(default: object, expects: str, **limits: Any) -> Any:
    """A setting with its default; `expects` ends the sentence "... must be" when a value is wrong."""
    return Field(default=default, description=expects, **limits)


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)


class CorpusSettings(_Section):
    """Where the articles and the name book are."""

    folder: ProjectPath = _setting(Path("seeds"), "the path of a folder, such as seeds")
    names: ProjectPath = _setting(Path("config/names.yaml"), "the path of a file, such as config/names.yaml")
    max_file_bytes: Number = _setting(5_000_000, "a whole number of bytes from 1 to 1000000000", ge=1, le=10**9)
    apply_on_start: bool = _setting(True, "true or false")
    golden: ProjectPath = _setting(Path("config/golden.yaml"), "the path of a file, such as config/golden.yaml")
    auto_apply: Literal["never", "additions"] = _setting("never", "never or additions")
    watch: bool = _setting(False, "true or false")
    fetch: bool = _setting(False, "true or false")


class DataSettings(_Section):
    """Where the bot keeps what it writes."""

    folder: ProjectPath = _setting(Path("data"), "the path of a folder, such as data")


class DiscordSettings(_Section):
    """How the bot behaves in Discord, and who may do what; ids are Discord's snowflakes."""

    token_file: ProjectPath | None = _setting(None, "the path of a file that holds the token, or null")
    base_url: Annotated[str, AfterValidator(loopback_address)] | None = _setting(
        None, "an address of this machine such as http://127.0.0.1:8765, or null"
    )
    home_server: Snowflake | None = _setting(None, "the id of a server (digits only), or null")
    moderator_role: Snowflake | None = _setting(None, "the id of a role (digits only), or null")
    moderator_permission: Literal[
        "administrator",
        "ban_members",
        "kick_members",
        "manage_channels",
        "manage_guild",
        "manage_messages",
        "manage_roles",
        "moderate_members",
        "view_audit_log",
    ] = _setting(
        "manage_guild",
        "one of administrator, ban_members, kick_members, manage_channels, manage_guild, manage_messages, "
        "manage_roles, moderate_members and view_audit_log",
    )
    moderators_channel: Snowflake | None = _setting(None, "the id of a channel (digits only), or null")
    digest_channel: Snowflake | None = _setting(None, "the id of a channel (digits only), or null")
    other_servers: Literal["ask", "leave"] = _setting("ask", "ask or leave")
    private: bool = _setting(False, "true or false")
    private_channels: Snowflakes = _setting((), "a list of channel ids (digits only), such as [1234567890]")
    public_channels: Snowflakes = _setting((), "a list of channel ids (digits only), such as [1234567890]")
    cooldown: Number = _setting(30, "a whole number of questions a minute from 0 (no limit) to 1000", ge=0, le=1000)


class ChannelSettings(_Section):
    """The local channel, which answers where no token is given."""

    port: Number = _setting(8765, "a whole number from 0 (any free port) to 65535", ge=0, le=65535)


class AnswerSettings(_Section):
    """How answers are laid out."""

    items_per_page: Number = _setting(4, "a whole number from 1 to 8", ge=1, le=8)


class LanguageSettings(_Section):
    """In which language the bot speaks."""

    phrases: str = _setting(
        "en", "the name of a file in config/phrases without .yaml, such as en", pattern=r"^[A-Za-z_-]+$"
    )


class LogSettings(_Section):
    """What the log of questions keeps of people, and for how long."""

    user_ids: Literal["kept", "hashed", "none"] = _setting("kept", "one of kept, hashed and none")
    days: Number = _setting(90, "a whole number of days from 1 to 3650", ge=1, le=3650)
    audit_days: Number = _setting(365, "a whole number of days from 1 to 3650", ge=1, le=3650)
    server_days: Number = _setting(7, "a whole number of days from 0 to 365", ge=0, le=365)


class LoggingSettings(_Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = _setting("info", "one of debug, info, warning and error")
    format: Literal["auto", "text", "json"] = _setting("auto", "one of auto, text and json")


class MetricsSettings(_Section):
    """Figures of the running bot for Prometheus."""

    port: Number | None = _setting(None, "a whole number from 1 to 65535, or null", ge=1, le=65535)


class Settings(_Section):
    """Everything that can be set, frozen; `environment_token` comes from DISCORD_TOKEN only and is never shown."""

    corpus: CorpusSettings = CorpusSettings()
    data: DataSettings = DataSettings()
    discord: DiscordSettings = DiscordSettings()
    channel: ChannelSettings = ChannelSettings()
    answers: AnswerSettings = AnswerSettings()
    language: LanguageSettings = LanguageSettings()
    log: LogSettings = LogSettings()
    logging: LoggingSettings = LoggingSettings()
    metrics: MetricsSettings = MetricsSettings()
    environment_token: SecretStr | None = Field(default=None, repr=False, exclude=True)

    def token(self) -> SecretStr | None:
        """The bot's token from DISCORD_TOKEN, else from `discord.token_file`, without white space; None where neither is given.

        Raises SettingsError where the file cannot be read or does not hold one token.
        """
        if self.environment_token is not None:
            return self.environment_token
        file = self.discord.token_file
        if file is None:
            return None
        shown = mask_shapes(str(file))
        try:
            held = file.read_text(encoding="utf-8-sig").split()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not plain text"
            raise SettingsError(
                f"{shown}: the token cannot be read ({reason}); mend the file, or discord.token_file, or set DISCORD_TOKEN."
            ) from None
        if len(held) != 1:
            raise SettingsError(
                f"{shown}: discord.token_file must name a file with the token and nothing else, but it holds "
                f"{len(held)} words; put the bot's token alone into it."
            )
        return SecretStr(held[0])


def load_settings(file: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of `file` (None: config/kzbot.yaml, if it is there), overridden by KZBOT_SECTION__KEY of `environ`.

    Paths in the file start at the project folder, paths in the environment at the working directory. Raises SettingsError
    with one sentence that names the file and line or the variable, the key, the value and the mend.
    """
    given = read_file(file or DEFAULT_FILE) if file is not None or DEFAULT_FILE.exists() else []
    given = [*given, *read_environment(environ)]
    values: dict[str, dict[str, object]] = {}
    for each in given:
        section = _known(each)
        if section is not None and each.key is not None:
            values.setdefault(each.section, {})[each.key] = _placed(each)
    token = environ.get("DISCORD_TOKEN", "").strip()
    try:
        return Settings.model_validate({**values, "environment_token": token or None})
    except ValidationError as error:
        raise SettingsError(_sentence(error, given)) from None


def sections() -> dict[str, type[_Section]]:
    """Every section of settings by its name; `model_fields` of each holds its keys and their defaults."""
    found = {name: field.annotation for name, field in Settings.model_fields.items()}
    return {name: kind for name, kind in found.items() if isinstance(kind, type) and issubclass(kind, _Section)}


def _known(given: Given) -> type[_Section] | None:
    """The section that this belongs to; None for a section without anything in it. SettingsError where it is unknown."""
    known = sections()
    name = given.section if given.key is None else f"{given.section}.{given.key}"
    if name in ("discord.token", "token", "discord_token"):
        raise SettingsError(
            f"{given.where}: the token is no setting, so that it is never shared with this file; "
            "set DISCORD_TOKEN, or name a file that holds it as discord.token_file."
        )
    section = known.get(given.section)
    if section is not None and given.key in section.model_fields:
        return section
    if section is not None and given.key is None and not given.from_environment:
        if given.value is None:
            return None
        raise SettingsError(
            f"{given.where}: {given.section} must hold `key: value` lines, indented below it, and not {_shown(given.value)}."
        )
    every = [f"{name}.{key}" for name, kind in known.items() for key in kind.model_fields]
    candidates = every if given.key is not None or given.from_environment else list(known)
    raise SettingsError(
        f"{given.where}: there is no setting {mask_shapes(name)}; {_suggestion(name, candidates, given)}?"
    )


def _suggestion(name: str, candidates: Iterable[str], given: Given) -> str:
    written = {each.replace(".", "_"): each for each in candidates}
    near = difflib.get_close_matches(name.replace(".", "_"), written, 1, 0.6)
    if not near:
        return "which of those in config/kzbot.yaml is meant"
    if given.from_environment:
        variable = PREFIX + written[near[0]].upper().replace(".", "__")
        return f"did you mean {variable}, with two underscores after the section"
    return f"did you mean {written[near[0]]}"


def _placed(given: Given) -> object:
    """The value; a relative path from the environment is taken from the working directory."""
    field = sections()[given.section].model_fields[str(given.key)]
    if given.from_environment and isinstance(given.value, str) and _takes_path(field.annotation):
        return Path.cwd() / Path(given.value).expanduser()
    return given.value


def _takes_path(annotation: object) -> bool:
    return annotation is Path or any(_takes_path(part) for part in get_args(annotation))


def _sentence(error: ValidationError, given: list[Given]) -> str:
    """The first thing that is wrong, with where it was written, what it is, and what it must be."""
    section, key = (str(part) for part in error.errors()[0]["loc"][:2])
    origin = [each for each in given if (each.section, each.key) == (section, key)][-1]
    field = sections()[section].model_fields[key]
    mend = f"{origin.where}: {section}.{key} is {_shown(origin.value)}, but must be {field.description}"
    near = difflib.get_close_matches(str(origin.value), [str(each) for each in get_args(field.annotation)], 1, 0.6)
    return f"{mend}; did you mean {near[0]}?" if near else f"{mend}."


def _shown(value: object) -> str:
    """A value for a message: short, and never a token that was pasted into the wrong place."""
    text = "nothing" if value is None else mask_shapes(str(value))
    return text if len(text) <= 60 else f"{text[:57]}..."
