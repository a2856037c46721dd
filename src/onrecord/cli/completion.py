"""What a shell completes when Tab is pressed: the script that it loads, and names of files as arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SHELLS: Final = ("bash", "zsh", "fish")


def complete_files(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the names of files: a source is text to click, as it may be an address or a pattern."""
    # Imported here, as below: nobody but the shell needs it.
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def _show(context: click.Context, _parameter: click.Parameter, shell: str | None) -> None:
    if shell is None or context.resilient_parsing:
        return
    from click.shell_completion import get_completion_class

    kind: Any = get_completion_class(shell)
    click.echo(kind(context.command, {}, "onrecord", "_ONRECORD_COMPLETE").source())
    context.exit()


completion_option: Final = click.option(
    "--show-completion",
    type=click.Choice(SHELLS),
    callback=_show,
    expose_value=False,
    is_eager=True,
    help="Print what makes this shell complete commands, options and files; for bash: "
    'eval "$(onrecord --show-completion bash)"',
)
