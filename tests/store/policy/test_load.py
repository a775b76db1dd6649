"""Reading the file itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.errors import ConfigError
from store.policy.load import load
from store.policy.policy import Applied, Policy, applied
from store.policy.stored import from_store, to_store
from tests.store.policy.configs import SMALLEST, problems

ROOT = Path(__file__).parents[3]


def _written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _lines(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as error:
        load(path)
    return error.value.problems


def test_the_smallest_config_works_as_it_stands(tmp_path):
    """All else has sensible defaults."""
    policy = load(_written(tmp_path, SMALLEST))
    assert policy.desk.name == "Northgate IT"
    assert policy.mailboxes[0].port == 1143
    assert list(policy.services) == [
        "accounts", "email", "network", "printing", "hardware", "software", "security",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["config.example.toml", "tests/desk.toml"])
def test_the_configs_in_the_repository_are_right(name):
    """Nobody copies a mistake."""
    assert load(ROOT / name).people


def test_files_named_in_the_config_are_meant_from_its_folder(tmp_path, monkeypatch):
    """Wherever the program is started."""
    monkeypatch.chdir("/")
    text = SMALLEST.replace("[[people]]", "ca_file = 'ca.pem'\n[[people]]")
    policy = load(_written(tmp_path, text + "[outgoing]\nhost = 'h'\nca_file = '/etc/ca.pem'\n"))
    assert policy.database.url == f"sqlite:///{tmp_path}/deskwatch.db"
    assert policy.mailboxes[0].ca_file == f"{tmp_path}/ca.pem"
    assert policy.outgoing.ca_file == "/etc/ca.pem"


@pytest.mark.parametrize(
    ("security", "imap", "smtp"), [("tls", 993, 465), ("starttls", 143, 587), ("none", 143, 25)]
)
def test_ports_follow_the_security(tmp_path, security, imap, smtp):
    """The well-known ones, unless another is written."""
    text = SMALLEST.replace("port = 1143\n", "").replace('"none" ', f'"{security}" ')
    text += f"[outgoing]\nhost = 'localhost'\nsecurity = '{security}'\n"
    policy = load(_written(tmp_path, text))
    assert (policy.mailboxes[0].port, policy.outgoing.port) == (imap, smtp)


@pytest.mark.parametrize(
    ("oauth", "database", "expected"),
    [
        ('flow = "refresh_token"', "sqlite:///data/x.db", "data/deskwatch-help@x_y.example.token"),
        ('flow = "refresh_token"', "postgresql://db/x", "deskwatch-help@x_y.example.token"),
        ('flow = "refresh_token"\ntoken_file = "a/t"', "sqlite:///data/x.db", "a/t"),
    ],
)
def test_tokens_are_kept_where_the_poller_can_write(tmp_path, oauth, database, expected):
    """Beside its database; named by the account, so that all its folders share a sign-in."""
    text = SMALLEST.replace("sqlite:///deskwatch.db", database)
    added = f"""
[outgoing]
host = "h"
user = "Help@x/y.example"
[outgoing.oauth]
provider = "google"
client_id = "1"
secret_env = "S"
{oauth}
"""
    policy = load(_written(tmp_path, text + added))
    assert policy.outgoing.oauth.token_file == str(tmp_path / expected)


def test_keys_and_certificates_are_meant_from_the_files_folder(tmp_path):
    """As everything else that a config names."""
    oauth = '{ provider = "google", flow = "service_account", key_file = "key.json" }'
    text = SMALLEST.replace("password_env = ", f"oauth = {oauth} # ")
    oauth = load(_written(tmp_path, text)).mailboxes[0].oauth
    assert (oauth.key_file, oauth.token_file) == (f"{tmp_path}/key.json", "")


@pytest.mark.parametrize("url", ["sqlite:////var/desk.db", "postgresql://db/desk"])
def test_absolute_databases_stay_as_they_are(tmp_path, url):
    """There is nothing to add."""
    path = _written(tmp_path, SMALLEST.replace("sqlite:///deskwatch.db", url))
    assert load(path).database.url == url


def test_a_missing_file_says_how_to_get_one(tmp_path):
    """The first thing a newcomer meets."""
    path = tmp_path / "config.toml"
    advice = "'deskwatch init' writes one by asking, --config FILE names another"
    assert _lines(path) == [f"{path}: there is no such file; {advice}"]


def test_a_folder_is_no_config(tmp_path):
    """--config is easily given a folder."""
    assert _lines(tmp_path) == [f"{tmp_path}: this is a folder; name the config file in it"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path):
    """The operating system's reason, in a line."""
    path = _written(tmp_path, SMALLEST)
    path.chmod(0)
    assert _lines(path) == [f"{path}: the file cannot be read: permission denied"]


def test_what_the_system_refuses_is_said_in_a_line(tmp_path):
    """A file in the place of a folder, as an example that also root meets."""
    path = _written(tmp_path, SMALLEST) / "config.toml"
    assert _lines(path) == [f"{path}: the file cannot be read: not a directory"]


@pytest.mark.parametrize("content", ["", "\n \n", "# only a comment\n", "\ufeff"])
def test_an_empty_file_says_so(tmp_path, content):
    """Blank lines and comments are nothing."""
    assert _lines(_written(tmp_path, content)) == [
        "config.toml:1: the file is empty; 'deskwatch init' writes one by asking"
    ]


def test_a_file_in_another_encoding_says_where(tmp_path):
    """A name with an umlaut, saved by an old editor."""
    content = SMALLEST.replace("Ana Lovelace", "Änne Lovelace").encode("latin-1")
    assert _lines(_written(tmp_path, content)) == [
        "config.toml:20: this is not UTF-8 text; save the file again with the encoding UTF-8"
    ]


def test_marks_that_windows_editors_leave_do_no_harm(tmp_path):
    """A byte order mark, and CR before LF."""
    content = b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode()
    assert load(_written(tmp_path, content)).desk.name == "Northgate IT"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = [1", '1:7: a comma or a "]" is missing in the list'),
        ("x = { a = 1", '1:12: a comma or a "}" is missing in the table'),
        (
            "x = abc",
            '1:5: a value is missing or not written as TOML wants it; a text needs quotes: "…"',
        ),
        ("\nx", '2:2: an "=" is missing after the key'),
        ("x: 3", '1:2: an "=" is missing after the key'),
        ("[a", '1:3: a "]" is missing at the end of the header'),
        ("[[a]", '1:4: "]]" is missing at the end of the header'),
        ("x = 1 2", "1:7: something is left over after the value; is a quote or a # missing?"),
        ('x = "a\ny = 1', "1:7: a quote is missing at the end of the text"),
        ("x = 'a", "1:7: a quote is missing at the end of the text"),
        ('x = """a\n\n', "1:9: a quote is missing at the end of the text"),
        ('x = "\\q"', "1:8: a backslash is written twice, or the text in single quotes"),
        ("x = 1\nx = 2", "2:6: this key is already there, a few lines up; keep one of them"),
        ("[a]\n[a]", "2:3: this table or key is already there, further up; keep one of them"),
        (
            "x = { a = 1 }\nx.b = 2",
            "2:8: this table or key is already there, further up; keep one of them",
        ),
        ("= 3", '1:1: a line has to be a [header] or "key = value"'),
    ],
)
def test_what_is_not_toml_says_line_column_and_what_helps(text, line):
    """The words are ours; the place is where the reading stopped."""
    assert problems(text) == [f"config.toml:{line}"]


@pytest.mark.parametrize("name", ["config.example.toml", "tests/desk.toml"])
def test_the_stored_policy_reads_back_and_holds_no_server(name):
    """What boards share is what was agreed on, not how one machine reaches its servers."""
    policy = load(ROOT / name)
    text = to_store(policy)
    assert from_store(text) == applied(policy)
    assert to_store(policy) == text
    again = Policy.model_validate_json(policy.model_dump_json())
    # Where people are called is written nowhere.
    assert again == policy.model_copy(update={"people": applied(policy).people})
    for word in ("PASSWORD", "imap.", "smtp.", "sqlite", "host"):
        assert word not in text


def test_the_stored_policy_knows_whose_drop_folders_there_are():
    """The one thing of a mailbox that the rules need."""
    policy = load(ROOT / "config.example.toml")
    assert from_store(to_store(policy)).drop_folders == {"ben-drop": "ben"}
    assert "mailboxes" not in Applied.model_fields


@pytest.mark.parametrize("text", ["", "{}", '{"desk": 1}', "no json"])
def test_a_stored_policy_of_another_version_says_what_to_do(text):
    """It is applied again from the file."""
    with pytest.raises(ConfigError, match="apply it again: deskwatch policy apply"):
        from_store(text)
