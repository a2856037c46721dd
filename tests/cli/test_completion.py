"""What a shell completes: ``onrecord --show-completion`` and the names of files."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from click.testing import CliRunner

from onrecord.cli import main


def completed(*words):
    """Return what bash is offered for the last of the words, each with its kind."""
    environment = {
        "_ONRECORD_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["onrecord", *words]),
        "COMP_CWORD": str(len(words)),
    }
    return CliRunner().invoke(main, [], env=environment, prog_name="onrecord").stdout.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_it_understands(shell):
    script = CliRunner().invoke(main, ["--show-completion", shell]).stdout
    assert "_ONRECORD_COMPLETE" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_commands_options_and_their_values_are_completed():
    assert completed("ser") == ["plain,serve"]
    assert completed("read", "--min") == ["plain,--min-confidence"]
    assert completed("search", "--cue-class", "de") == ["plain,denying", "plain,demanding"]
    assert completed("remove", "3f9a1c2b", "--dr") == ["plain,--dry-run"]
    assert completed("put") == ["plain,put-in"]
    assert completed("put-in", "3f9a1c2b", "--cue-class", "pro") == ["plain,promising"]


@pytest.mark.parametrize(
    "words",
    [
        ("read", "har"),
        ("add", "har"),
        ("add", "x.html", "--to", "har"),
        ("read", "x.html", "--html", "har"),
        ("search", "--in", "har"),
        ("batch", "har"),
        ("load", "har"),
        ("compare", "har"),
        ("put-in", "3f9a1c2b", "--in", "har"),
    ],
)
def test_names_of_files_are_completed_where_they_may_stand(words):
    assert completed(*words) == ["file,har"]
