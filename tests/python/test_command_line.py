"""`python -m opsi_sizing` and the installed script: the bytes, the exit codes and the manners of the binary."""

from __future__ import annotations

import fcntl
import os
import pathlib
import pty
import shutil
import signal
import struct
import subprocess
import sys
import termios

import pytest
from binary import BINARY, ROOT, needs_binary

pytestmark = needs_binary

MODULE = [sys.executable, "-m", "opsi_sizing"]
SCRIPT = shutil.which("opsi-sizing", path=os.path.dirname(sys.executable))
SCHOOL = "data/sites/school.toml"


def done(command: list[str], *arguments: str | bytes, **options: object) -> tuple[int, bytes, bytes]:
    given = {"cwd": ROOT, **({} if "input" in options else {"stdin": subprocess.DEVNULL}), **options}
    ran = subprocess.run([*command, *arguments], capture_output=True, timeout=20, check=False, **given)
    return ran.returncode, ran.stdout, ran.stderr


CALLS = [
    (),
    ("--help",),
    ("-h",),
    ("--version",),
    ("help",),
    ("help", "plan"),
    ("help", "swep"),
    ("plan", "--help"),
    ("sweep", "-h"),
    ("plna",),
    ("--versoin",),
    ("plan",),
    ("plan", SCHOOL),
    ("plan", "data/sites/too-small.toml"),
    ("plan", SCHOOL, "--format", "json"),
    ("plan", SCHOOL, "--format=csv"),
    ("plan", "--clients", "-5"),
    ("plan", "--cleints", "5"),
    ("plan", "--clients", "5", "--disk-var-lib-opsi", "five"),
    ("plan", "missing.toml"),
    ("plan", "data"),
    ("plan", ""),
    ("plan", "--clients", "5", "--server", "läßt"),
    ("plan", "--", SCHOOL),
    ("plan", SCHOOL, "--set", "clients=1200", "--compare"),
    ("explain", "server.cores", "--clients", "1000", "--connections", "100"),
    ("explain", "server.memroy", "--clients", "5"),
    ("compare", "4.2", "4.3", "data/sites/company.toml", "--format", "markdown"),
    ("capacity", "--memory", "16GB", "--cores", "4"),
    ("capacity", "--clients", "5"),
    ("sweep", "--vary", "clients=100:5000:700"),
    ("sweep", SCHOOL, "--vary", "clients=100:2000:100", "--outputs", "server.memory", "--chart"),
    ("figures", "samba.margin"),
    ("sources", "--format", "csv"),
    ("ports", "--opsi", "4.3", "--role", "depot", "--direction", "in"),
    ("distributions", "Ubuntu 20.04", "--opsi", "4.3"),
    ("method", "--opsi", "4.2", "--format", "markdown"),
    ("schema", "plan"),
    ("init", "--clients", "250"),
    ("completion", "bash"),
    ("completion", "tcsh"),
]


@pytest.mark.parametrize("arguments", CALLS, ids=" ".join)
def test_a_call_gives_what_the_binary_gives(arguments):
    assert done(MODULE, *arguments) == done([BINARY], *arguments)


@pytest.mark.skipif(not SCRIPT, reason="the package is not installed, so it has no script")
@pytest.mark.parametrize("arguments", CALLS[::5], ids=" ".join)
def test_the_script_gives_what_the_binary_gives(arguments):
    assert done([SCRIPT], *arguments) == done([BINARY], *arguments)


def test_standard_input_is_a_site():
    for text in ((ROOT / SCHOOL).read_bytes(), b"", b"[[server]]\nclinets = 5\n", b"\xff\xfe\0"):
        assert done(MODULE, "plan", "-", input=text) == done([BINARY], "plan", "-", input=text)


def test_arguments_that_are_no_text_are_those_of_the_binary(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.toml"
    pathlib.Path(os.fsdecode(path)).write_text("[[server]]\nclients = 5\n")
    for arguments in ([b"plan", path], [b"plan", b"--clients", b"\xff"], [b"\xff"]):
        assert done(MODULE, *arguments) == done([BINARY], *arguments)


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_the_locale_changes_nothing(locale):
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    environment = plain | {"LC_ALL": locale, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for arguments in (["plan", SCHOOL], ["plan", "läßt.toml"]):
        assert done(MODULE, *arguments, env=environment) == done([BINARY], *arguments, env=environment)


def test_the_day_is_that_of_the_environment():
    environment = os.environ | {"SOURCE_DATE_EPOCH": "86400"}
    code, out, _ = done(MODULE, "plan", SCHOOL, env=environment)
    assert code == 0 and b"1970-01-02" in out
    assert (code, out, b"") == done([BINARY], "plan", SCHOOL, env=environment)


def test_a_file_is_written_like_by_the_binary(tmp_path):
    path = str(tmp_path / "plan.json")
    texts = []
    for command in ([BINARY], MODULE):
        assert done(command, "plan", SCHOOL, "--format", "json", "-o", path) == (0, b"", b"")
        texts.append(pathlib.Path(path).read_bytes())
    assert texts[0] == texts[1] and os.listdir(tmp_path) == ["plan.json"]
    for arguments in (["init", "-o", path], ["plan", SCHOOL, "-o", str(tmp_path)], ["plan", SCHOOL, "-o", "/dev/full"]):
        assert done(MODULE, *arguments) == done([BINARY], *arguments)


@pytest.mark.parametrize("redirection", [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full"])
@pytest.mark.parametrize("line", [f"plan {SCHOOL}", "plan --clients -5", "--help", "plan -"])
def test_closed_and_full_streams_end_like_those_of_the_binary(redirection, line):
    def ends(command: list[str]) -> tuple[int, bytes, bytes]:
        return done(["sh", "-c", f'exec "$@" {line} {redirection}', "sh", *command])

    assert ends(MODULE) == ends([BINARY])


@pytest.mark.parametrize("line", [f"plan {SCHOOL}", "sweep --vary clients=1:100000:1 --format csv", "method"])
def test_a_reader_that_has_seen_enough_ends_the_call(line, tmp_path):
    messages = tmp_path / "messages"
    for command in ([BINARY], MODULE):
        script = f'("$@" {line} 2>"$0"; echo $? >"$0.code") | head -n 1'
        code, out, _ = done(["sh", "-c", script, str(messages), *command])
        assert code == 0 and out.count(b"\n") == 1
        assert messages.read_bytes() == b""
        assert int(pathlib.Path(f"{messages}.code").read_text()) in (0, 128 + signal.SIGPIPE)


@pytest.mark.parametrize("command", [MODULE, [BINARY]], ids=["module", "binary"])
def test_an_interrupt_ends_a_call_that_waits_for_its_input(command, tmp_path):
    pipe = str(tmp_path / "pipe")
    os.mkfifo(pipe)
    with subprocess.Popen([*command, "plan", pipe], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        writing = os.open(pipe, os.O_WRONLY)  # opened where the call reads
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == -signal.SIGINT
        assert process.stdout.read() == process.stderr.read() == b""
        os.close(writing)


def test_an_interrupt_ends_a_call_that_nobody_reads():
    long = ["sweep", "--vary", "clients=1:1000000:1", "--format", "csv"]
    with subprocess.Popen([*MODULE, *long], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.read(7) == b"clients"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == -signal.SIGINT
        assert process.stderr.read() == b""


def on_terminal(command: list[str], columns: int, environment: dict[str, str]) -> bytes:
    """What a terminal of so many columns shows."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower, cwd=ROOT, env=os.environ | environment
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    process.wait(timeout=5)
    os.close(leader)
    return shown


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "TERM": "dumb"}])
@pytest.mark.parametrize("columns", [60, 160])
def test_a_terminal_shows_what_the_binary_shows(environment, columns):
    environment = {"TERM": "xterm-256color"} | environment
    line = ["plan", "data/sites/too-small.toml"]
    shown = on_terminal([*MODULE, *line], columns, environment)
    assert shown == on_terminal([BINARY, *line], columns, environment)
    assert len(shown) > 1000
    if "NO_COLOR" in environment:
        assert b"\x1b[" not in shown
    elif environment["TERM"] != "dumb":
        assert b"\x1b[" in shown


def test_a_call_from_elsewhere_finds_what_it_needs(tmp_path):
    environment = os.environ.copy()
    if "PYTHONPATH" in environment:
        paths = environment["PYTHONPATH"].split(os.pathsep)
        environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(path) for path in paths)
    ran = subprocess.run(
        [*MODULE, "plan", "--clients", "5"], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"") and ran.stdout


def test_the_command_line_starts_without_numpy():
    """The script answers at once: nothing is imported that it does not use."""
    code = "import sys; import opsi_sizing.__main__; print('numpy' in sys.modules)"
    assert done([sys.executable, "-c", code])[1] == b"False\n"
