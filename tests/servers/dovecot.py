r"""A private Dovecot 2.3 in a temporary folder, as root or as anybody.

    with Dovecot() as server:
        server.deliver("ana", [b"Subject: hello\r\n\r\nHi.\r\n"])
        client = server.client("ana")

Any user exists, all with ``server.password``, or with a token that ``server.token_key`` has
signed (see ``tests/servers/tokens.py``). Plain and STARTTLS on ``port``, TLS with a
certificate authority of its own on ``tls_port``, LMTP on ``lmtp_port``.
"""

from __future__ import annotations

import base64
import contextlib
import grp
import itertools
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Self

from imapclient import IMAPClient

_CONFIG = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
instance_name = deskwatch-test-{port}
listen = 127.0.0.1
protocols = imap lmtp
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0 secs
first_valid_uid = 1
mail_location = maildir:{root}/mail/%u
mail_max_userip_connections = 200
mail_plugins = acl
lmtp_save_to_detail_mailbox = no
ssl = {ssl}
ssl_cert = <{root}/tls/server.pem
ssl_key = <{root}/tls/server.key
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Archive {{
    auto = create
  }}
}}
plugin {{
  acl = vfile
}}
protocol imap {{
  mail_plugins = acl imap_acl
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {root}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home/%u allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
  service_count = 0
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
{extra}
"""
#: Dovecot checks tokens itself, with a key of ours: signature, times, and whose they are.
_OAUTH = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={root}/keys/
username_attribute = email
"""
_SERVER_EXTENSIONS = """
subjectAltName=DNS:localhost,IP:127.0.0.1
extendedKeyUsage=serverAuth
basicConstraints=CA:FALSE
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""
_START_SECONDS = 15


def missing() -> str:
    """Return why there can be no Dovecot here; "" if there can."""
    if not shutil.which("dovecot"):
        return "Dovecot is not installed"
    version = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=False)
    if not version.stdout.startswith("2.3."):
        return f"Dovecot 2.3 is needed, this is {version.stdout.strip()}"
    return "" if shutil.which("openssl") else "openssl is not installed"


def free_port() -> int:
    """Return a TCP port that nobody on loopback uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Dovecot:
    """A Dovecot of its own; a context manager, and to be stopped and started in between."""

    password = "secret"
    host = "127.0.0.1"

    def __init__(self, *, tls: bool = True, extra: str = "") -> None:
        """Prepare a server; ``extra`` is appended to its configuration."""
        self.root = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.port = self.tls_port = self.lmtp_port = 0
        self.ca_file = self.root / "tls" / "ca.pem"
        self._owner = pwd.getpwnam("nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid())[0])
        self._names = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._tls, self._extra = tls, extra
        self.token_key = os.urandom(32)
        self._prepare()

    def __enter__(self) -> Self:
        for tries_left in (2, 1, 0):
            self._write_config()
            try:
                self.start()
            except RuntimeError:  # somebody else may have taken one of the ports meanwhile
                self.stop()
                if not tries_left:
                    raise
            else:
                break
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)

    def start(self) -> None:
        """Start the server and wait until it greets."""
        self._process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self.root / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(self._plain, 1) as greeted:
                if greeted.recv(4) == b"* OK":
                    return
            time.sleep(0.01)
        log = self.root / "dovecot.log"
        raise RuntimeError("Dovecot did not start: " + (log.read_text() if log.exists() else ""))

    def stop(self) -> None:
        """Stop the server; every connection breaks."""
        if self._process is not None:
            # The whole family: children outlive their master while somebody is connected.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
            (self.root / "run" / "master.pid").unlink(missing_ok=True)

    @contextlib.contextmanager
    def client(self, user: str, folder: str | None = "INBOX") -> Iterator[IMAPClient]:
        """Yield a logged-in connection with ``folder`` open, as a person's mail program has."""
        client = IMAPClient(self.host, self.port, ssl=False, timeout=20)
        client._imap.debug = 0
        try:
            client.login(user, self.password)
            if folder is not None:
                client.select_folder(folder)
            yield client
        finally:
            client.shutdown()

    def deliver(
        self, user: str, mails: Iterable[bytes], folder: str = "INBOX", at: datetime | None = None
    ) -> int:
        """Put mails into a folder as a local delivery agent does; return how many.

        They are files first named in ``tmp`` and then renamed, in order, so that the server
        sees each of them whole. They arrive ``at`` a moment, or now.
        """
        home = self.root / "mail" / user
        maildir = home if folder == "INBOX" else home / f".{folder}"
        for part in (home, maildir, *(maildir / sub for sub in ("tmp", "new", "cur"))):
            if not part.exists():
                part.mkdir(parents=True)
                os.chown(part, self._owner.pw_uid, self._owner.pw_gid)
        count = 0
        for mail in mails:
            data = mail.replace(b"\r\n", b"\n")
            crlf = len(data) + data.count(b"\n")
            # Sizes in the name (S: file, W: as IMAP counts) spare the server reading the file.
            name = f"1.{next(self._names):09d}.test,S={len(data)},W={crlf}"
            temporary = maildir / "tmp" / name
            temporary.write_bytes(data)
            os.chown(temporary, self._owner.pw_uid, self._owner.pw_gid)
            if at is not None:
                os.utime(temporary, (at.timestamp(), at.timestamp()))
            temporary.rename(maildir / "new" / name)
            count += 1
        return count

    def restrict(self, user: str, rights: str) -> None:
        """Leave the owner of an INBOX only ``rights`` (RFC 4314), e.g. ``lr`` to look."""
        self.deliver(user, [])
        rule = self.root / "mail" / user / "dovecot-acl"
        rule.write_text(f"owner {rights}\n")
        os.chown(rule, self._owner.pw_uid, self._owner.pw_gid)

    @property
    def _plain(self) -> tuple[str, int]:
        return self.host, self.port

    def _prepare(self) -> None:
        for folder in ("run", "state", "mail", "home", "tls", "keys/default/HS256"):
            (self.root / folder).mkdir(parents=True)
        key = base64.b64encode(self.token_key).decode()
        (self.root / "keys/default/HS256/default").write_text(key)
        (self.root / "oauth2.conf").write_text(_OAUTH.format(root=self.root).strip())
        if os.getuid() == 0:
            self.root.chmod(0o755)
            for folder in ("mail", "home"):
                os.chown(self.root / folder, self._owner.pw_uid, self._owner.pw_gid)
        make_authority(self.root / "tls")

    def _write_config(self) -> None:
        as_root = os.getuid() == 0
        self.port, self.tls_port, self.lmtp_port = free_port(), free_port(), free_port()
        config = _CONFIG.format(
            root=self.root,
            port=self.port,
            tls_port=self.tls_port,
            lmtp_port=self.lmtp_port,
            password=self.password,
            ssl="yes" if self._tls else "no",
            internal="dovecot" if as_root else self._owner.pw_name,
            internal_group="dovecot" if as_root else grp.getgrgid(self._owner.pw_gid).gr_name,
            login="dovenull" if as_root else self._owner.pw_name,
            uid=self._owner.pw_uid,
            gid=self._owner.pw_gid,
            extra=self._extra,
        )
        (self.root / "dovecot.conf").write_text(re.sub(r"\n+", "\n", config))


def make_authority(folder: Path) -> None:
    """Write a certificate authority and a certificate of it for localhost."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(
        *("req", "-x509", *key, "-days", "30", "-subj", "/CN=Test authority"),
        *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
        *("-keyout", "ca.key", "-out", "ca.pem"),
    )
    openssl("req", *key, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
    (folder / "extensions").write_text(_SERVER_EXTENSIONS)
    openssl(
        *("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key"),
        *("-CAcreateserial", "-days", "30", "-extfile", "extensions", "-out", "server.pem"),
    )
