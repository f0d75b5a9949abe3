"""Settings: documented, overridden, refused in one sentence; the token is never shown."""

import difflib
import io
import itertools
import logging
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from kzbot.errors import SettingsError
from kzbot.logs import MASK, TokenFilter, mask, start_logging
from kzbot.settings import DEFAULT_FILE, Settings, load_settings, sections
from kzbot.settings_file import PROJECT

SHAPED = "MTk4NjIyNDgzNDcxOTI1MjQ4" + ".Cl2FMQ." + "ZnCjm1XVW7vRze4b7Cq4se7kKWs-made-up"
TOKENS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=20, max_size=80)


def _refusal(file: Path | None, **environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(file, environ)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence[-1] in ".?"
    return sentence


def _written(folder: Path, text: str) -> Path:
    file = folder / "kzbot.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_file_documents_every_setting_with_its_default() -> None:
    documented = yaml.safe_load(DEFAULT_FILE.read_text(encoding="utf-8"))
    expected = {
        name: {
            key: list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Path) else value
            for key, value in ((key, field.default) for key, field in kind.model_fields.items())
        }
        for name, kind in sections().items()
    }
    assert documented == expected


def test_every_setting_has_a_line_of_help_above_it() -> None:
    lines = DEFAULT_FILE.read_text(encoding="utf-8").splitlines()
    for above, line in itertools.pairwise(lines):
        if line.startswith("  ") and not line.lstrip().startswith("#"):
            assert above.startswith("  # ") and len(above) > 20, line


def test_the_shipped_file_loads_to_the_defaults() -> None:
    assert load_settings(None, {}) == Settings()
    assert load_settings(None, {}).corpus.folder == PROJECT / "seeds"


def test_the_environment_wins_and_its_paths_start_at_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = _written(tmp_path, "corpus:\n  folder: mine\nchannel:\n  port: 1\ndiscord:\n")
    settings = load_settings(
        file,
        {
            "KZBOT_CHANNEL__PORT": "9000",
            "KZBOT_DATA__FOLDER": "kept",
            "KZBOT_DISCORD__PRIVATE_CHANNELS": "12, 13",
            "KZBOT_DISCORD__TOKEN_FILE": "secret",
            "KZBOT_DISCORD__HOME_SERVER": "",
            "KZBOT_DISCORD__PRIVATE": "true",
        },
    )
    assert settings.channel.port == 9000
    assert settings.corpus.folder == PROJECT / "mine"
    assert settings.data.folder == tmp_path / "kept"
    assert settings.discord.token_file == tmp_path / "secret"
    assert settings.discord.private_channels == (12, 13)
    assert settings.discord.home_server is None
    assert settings.discord.private is True


@pytest.mark.parametrize(
    ("text", "line", "key", "mend"),
    [
        ("chanel:\n  port: 1\n", 1, "chanel", "did you mean channel?"),
        ("corpus:\n  foldr: x\n", 2, "corpus.foldr", "did you mean corpus.folder?"),
        ("channel:\n\n  port: 99999\n", 3, "channel.port is 99999", "65535"),
        ("channel:\n  port: true\n", 2, "channel.port is True", "whole number"),
        ("channel: 8765\n", 1, "channel", "`key: value` lines"),
        ("discord:\n  other_servers: leav\n", 2, "discord.other_servers", "did you mean leave?"),
        ("discord:\n  base_url: https://discord.example\n", 2, "discord.base_url", "http://127.0.0.1:8765"),
        ("discord:\n  home_server: team\n", 2, "discord.home_server is team", "digits only"),
        ("discord:\n  token: abc\n", 2, "token", "discord.token_file"),
        ("language:\n  phrases: no\n", 2, "language.phrases is False", "such as en"),
        ("channel:\n  port: 1\n  port: 2\n", 3, "port", "twice"),
        ("corpus:\n  folder: [\n", 3, "YAML", "mend"),
        ("- corpus\n", 1, "settings", "`key: value` lines"),
    ],
)
def test_what_is_wrong_in_the_file_is_one_sentence_with_line_key_and_mend(
    tmp_path: Path, text: str, line: int, key: str, mend: str
) -> None:
    file = _written(tmp_path, text)
    sentence = _refusal(file)
    assert sentence.startswith(f"{file}, line {line}:")
    assert key in sentence
    assert mend in sentence


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("KZBOT_CHANNEL_PORT", "1", "KZBOT_CHANNEL__PORT"),
        ("KZBOT_CORPUS__FOLDRE", "1", "KZBOT_CORPUS__FOLDER"),
        ("KZBOT_CHANNEL__PORT", "many", "whole number"),
        ("KZBOT_DISCORD__PRIVATE_CHANNELS", "12, general", "list of channel ids"),
        ("KZBOT_DISCORD__TOKEN", SHAPED, "DISCORD_TOKEN"),
    ],
)
def test_what_is_wrong_in_the_environment_names_the_variable(name: str, value: str, mend: str) -> None:
    sentence = _refusal(None, **{name: value})
    assert name in sentence
    assert mend in sentence
    assert SHAPED not in sentence


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    assert "No such file" in _refusal(tmp_path / "gone.yaml")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8765", "http://localhost:80/", "http://[::1]:9", "http://127.9.9.9:1"]
)
def test_loopback_addresses_are_taken(address: str) -> None:
    settings = load_settings(None, {"KZBOT_DISCORD__BASE_URL": address})
    assert settings.discord.base_url == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1.example.com",
        "http://user@127.0.0.1:1",
        "http://:@127.0.0.1",
        "http://localhost@example.com",
        "http://example.com\\@127.0.0.1",
        "http://127.0.0.1:80\\@example.com",
        "http://127.0.0.1#@example.com",
        "http://127.0.0.1?@example.com",
        "http://127.0.0.1%2eexample.com",
        "http://127.0.0.1/..",
        "http://127.0.0.1.",
        "http://localhost.",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:80:90",
        "http://[::1%25example]",
        "http://[::]",
        "http://0.0.0.0",
        "http://2130706433",
        "http://0x7f.1",
        "http:///127.0.0.1",
        "https://127.0.0.1",
        "http://10.0.0.1",
        "127.0.0.1:1",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    assert "discord.base_url" in _refusal(None, KZBOT_DISCORD__BASE_URL=address)


def test_the_token_comes_from_the_environment_first_then_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"  {SHAPED}\n\n")
    named = {"KZBOT_DISCORD__TOKEN_FILE": str(file)}
    from_file = load_settings(None, named).token()
    assert from_file is not None and from_file.get_secret_value() == SHAPED
    both = load_settings(None, {**named, "DISCORD_TOKEN": " abc\n"}).token()
    assert both is not None and both.get_secret_value() == "abc"
    assert load_settings(None, {}).token() is None


def test_a_token_file_that_cannot_serve_is_a_sentence_without_the_token(tmp_path: Path) -> None:
    file = tmp_path / "token"
    for content in (b"", f"{SHAPED} {SHAPED}".encode(), b"\xff\xfe\x00"):
        file.write_bytes(content)
        with pytest.raises(SettingsError) as caught:
            load_settings(None, {"KZBOT_DISCORD__TOKEN_FILE": str(file)}).token()
        assert str(file) in str(caught.value)
        assert SHAPED not in str(caught.value)
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {"KZBOT_DISCORD__TOKEN_FILE": SHAPED}).token()
    assert SHAPED not in str(caught.value)


def _shares(token: str, shown: str) -> bool:
    """Whether half of the token can be read in what is shown."""
    match = difflib.SequenceMatcher(None, token, shown, autojunk=False).find_longest_match()
    return match.size >= len(token) / 2


@given(TOKENS)
def test_settings_never_show_the_token(token: str) -> None:
    assume(not _shares(token, repr(Settings())))  # hypothesis tries strings of the program's own
    read = load_settings(None, {"DISCORD_TOKEN": token})
    for shown in (repr(read), str(read), read.model_dump_json(), repr(read.token())):
        assert token not in shown
        assert not _shares(token, shown)


@given(TOKENS, st.sampled_from(["%s", "%r", "x%sy %s"]))
def test_no_log_line_shows_the_token(token: str, pattern: str) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(TokenFilter(token))
    logger = logging.Logger("masked")
    logger.addHandler(handler)
    logger.info(pattern, *[token] * (pattern.count("%")))
    logger.info("does not fit %d", token)
    logger.info("in the message " + token.replace("%", "%%"), stack_info=True)
    try:
        raise ValueError(token)
    except ValueError:
        logger.exception("failed with %s", {"token": token})
    assert token not in stream.getvalue()
    assert MASK in stream.getvalue()


def test_shapes_of_tokens_are_masked_where_the_token_is_not_known() -> None:
    assert SHAPED not in mask(f"a {SHAPED} b", None)
    assert mask("/interactions/12/aW50ZXI6/callback", None) == f"/interactions/12/{MASK}/callback"
    assert mask(str({"token": "aW50ZXI6", "id": "1"}), None) == str({"token": MASK, "id": "1"})
    assert mask("an ordinary sentence, 3.14 and a.b.c", None) == "an ordinary sentence, 3.14 and a.b.c"


def test_what_people_write_is_in_no_line_even_for_debugging() -> None:
    stream, root = io.StringIO(), logging.getLogger()
    before, level = list(root.handlers), root.level
    start_logging("debug", None, stream)
    try:
        event = {"op": 0, "t": "INTERACTION_CREATE", "d": {"content": "their words"}}
        logging.getLogger("discord.gateway").debug("For Shard ID %s: WebSocket Event: %s", 1, event)
        logging.getLogger("discord.http").debug(
            "%s %s with %s has returned %s", "POST", "/x", '{"a": "their words"}', 200
        )
        logging.getLogger("discord.http").debug("%s %s has received %s", "GET", "/x", ["their words"])
        logging.getLogger("aiosqlite").debug("executing %s", "their words")
    finally:
        root.handlers[:], root.level = before, level
        logging.getLogger("aiosqlite").setLevel(logging.NOTSET)
    assert "their words" not in stream.getvalue()
    assert "WebSocket Event: INTERACTION_CREATE [content left out]" in stream.getvalue()
    assert "POST /x with [content left out] has returned 200" in stream.getvalue()


def test_a_crash_report_does_not_show_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    start_logging("info", "the-token-itself", stream)
    start_logging("info", "the-token-itself", stream)
    logging.getLogger("discord.http").info("sent %s", "the-token-itself")
    error = ValueError("bad the-token-itself")
    sys.excepthook(ValueError, error, None)
    assert len(root.handlers) == 1
    assert "ValueError: bad [masked]" in stream.getvalue()
    assert "the-token-itself" not in stream.getvalue()
