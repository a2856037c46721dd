"""The examples of the documentation: found, run, and their output written anew.

    python docs/examples.py [PAGE ...]

Blocks of code in README.md and docs/ are one of

* ``console``: lines that begin with ``$ `` are commands of bash, what follows each is what it prints;
* ``python``: run, all of a page in one namespace; a block titled ``prints`` after it is what it prints;
* any with another title: a file of that name, which the page's later examples read.

A page runs in an empty folder, as it does for its reader; a command of ``onrecord`` that leaves nothing to bash runs
in this process, because to import all that it needs takes longer than the command itself. A block after
``<!-- asks a server -->`` is run beside a server of the bundled record, which may be changed, at a port of its own;
what earlier blocks after such a mark gave a name (``API=...``) has it in later ones. A block after
``<!-- not run: REASON -->`` is left alone.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from onrecord.cli import main

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(
    r"(?:(?P<skipped><!-- not run: [^\n]* -->\n\n?)|(?P<asking><!-- asks a server -->\n))?"
    r"^```(?P<language>\w*)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PRINTS = "prints"
OURS_ALONE = re.compile(r"onrecord (?!batch\b)[^|&;<>()$`\\*?\[\]{}~#!]+")
"""A command line of ours in which nothing but quotation marks means something to bash; the Ray that ``batch`` and
``batch-variants`` start ends with their process."""
SECONDS = 100  # of a command: a test may take 120
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*\n)", re.MULTILINE)
GIVES_A_NAME = re.compile(r"[A-Z]+=")
SERVED = "http://127.0.0.1:8710"
"""Where the pages say that the server is; another one may have that port."""
TOKEN = "..."  # noqa: S105 - as the pages write it
VARIES = re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b|\"[0-9a-f]{24}\"")
"""What is another one each time: times of day, and tags of answers, which no two servers share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What was run, what the page says that it prints, and what it printed."""

    command: str
    line: int
    expected: str
    printed: str
    code: int
    body: tuple[int, int]
    """Where the expected output stands in the page, as offsets."""


def pages() -> list[Path]:
    """Return every page that has a block of code."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(page for page in found if BLOCK.search(page.read_text("utf-8")))


def run_page(page: Path, folder: Path) -> Iterator[Example]:
    """Run the examples of a page in a folder, which gets the page's files."""
    text = page.read_text("utf-8")
    asked = any(block["asking"] for block in BLOCK.finditer(text))
    with _serve() if asked else contextlib.nullcontext() as address:
        yield from _run_blocks(page, text, Shell(folder, address))


def _run_blocks(page: Path, text: str, shell: Shell) -> Iterator[Example]:
    folder = shell.folder
    names: dict[str, object] = {"__name__": "__main__"}
    last: tuple[str, str, int] | None = None
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start("body"))
        if block["skipped"]:
            continue
        if block["title"] == PRINTS and last:
            command, printed, at = last
            yield Example(
                command=command, line=at, expected=block["body"], printed=printed, code=0, body=block.span("body")
            )
        elif block["title"]:
            file = folder / block["title"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["body"], "utf-8")
        elif block["language"] == "console":
            yield from _run_console(block, line, shell)
        elif block["language"] == "python":
            last = (block["body"], _run_python(block["body"], f"{page}:{line}", folder, names), line)


def _run_python(code: str, name: str, folder: Path, names: dict[str, object]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.chdir(folder):
        exec(compile(code, name, "exec"), names)  # noqa: S102 - our own documentation
    return printed.getvalue()


def _run_console(block: re.Match[str], line: int, shell: Shell) -> Iterator[Example]:
    commands = list(COMMAND.finditer(block["body"]))
    ends = [command.start() for command in commands[1:]] + [len(block["body"])]
    for command, end in zip(commands, ends, strict=True):
        printed, code = shell.ask(command[1]) if block["asking"] else shell.run(command[1])
        yield Example(
            command=command[1].strip(),
            line=line + block["body"].count("\n", 0, command.start()),
            expected=block["body"][command.end() : end],
            printed=printed,
            code=code,
            body=(block.start("body") + command.end(), block.start("body") + end),
        )


class Shell:
    """Runs the commands of a page, each in a bash of its own."""

    def __init__(self, folder: Path, address: str | None) -> None:
        """Take the folder that they run in, and the address of the server that they ask, if any does."""
        self.folder = folder
        self._address = address
        self._named: list[str] = []
        """The commands that gave a name to something."""

    def ask(self, command: str) -> tuple[str, int]:
        """Run a command that asks the server, after those that gave a name to something; these print nothing again."""
        before = "".join(f"{{ {each}\n}} > /dev/null\n" for each in self._named)
        if GIVES_A_NAME.match(command):
            self._named.append(command.strip())
        return self.run((before + command).replace(SERVED, str(self._address)))

    def run(self, command: str) -> tuple[str, int]:
        """Return what a command prints, and its exit code."""
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        environment = {"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
        one_line = command.replace("\\\n", "")
        if OURS_ALONE.fullmatch(one_line):
            return _run_here(shlex.split(one_line)[1:], self.folder, environment)
        done = subprocess.run(  # noqa: S603 - our own documentation
            ["bash", "-c", command],  # noqa: S607 - wherever it is
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        return done.stdout.decode("utf-8"), done.returncode


@contextlib.contextmanager
def _serve() -> Iterator[str]:
    """Serve the bundled record, which may be changed, while a page is run; return the address."""
    # Imported here: few pages need a server.
    import uvicorn

    from onrecord.web.app import Edits, create_app
    from onrecord.web.bundled import make_bundled

    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listening:
        app = create_app(make_bundled(Path(folder)), edits=Edits(token=TOKEN))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _run_here(arguments: list[str], folder: Path, environment: dict[str, str]) -> tuple[str, int]:
    # The few reports of a page are read sooner by one process than others have started beside it.
    one_reader = mock.patch("onrecord.adding.running.CORES", 1)
    with contextlib.chdir(folder), mock.patch.dict(os.environ, environment, clear=True), one_reader:
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return done.output, done.exit_code


def refresh(page: Path) -> None:
    """Write into a page what its examples print now."""
    with tempfile.TemporaryDirectory() as folder:
        examples = list(run_page(page, Path(folder)))
    text = page.read_text("utf-8")
    for example in reversed(examples):
        start, end = example.body
        if VARIES.sub("", example.expected) == VARIES.sub("", example.printed):
            continue  # it was made at another time, that is all
        printed = example.printed if example.printed.endswith("\n") or not example.printed else f"{example.printed}\n"
        text = text[:start] + printed + text[end:]
    page.write_text(text, "utf-8")


if __name__ == "__main__":
    for each in [Path(name) for name in sys.argv[1:]] or pages():
        refresh(each)
