"""What Telegram Desktop exports of a chat, one JSON object, as an object for each of its messages that has text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def is_export(whole: Mapping[str, Any]) -> bool:
    """Tell whether an object is an export: it has messages, and they have texts of strings and pieces."""
    messages = whole.get("messages")
    if not isinstance(messages, list) or "name" not in whole:
        return False
    return any(isinstance(each, dict) and {"id", "date", "text"} <= each.keys() for each in messages)


def read_messages(export: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each message that has text with its number, under the names that other JSON has, and all else that it says.

    They have no address: an export does not say by which name a channel is reached.

    >>> pieces = ["Port of ", {"type": "bold", "text": "Orrin"}, " is shut."]
    >>> export = {"name": "Orrin Harbour", "messages": [{"id": 7, "date": "2024-05-02T10:00:00", "text": pieces}]}
    >>> [(number, each["text"], each["channel"]) for number, each in read_messages(export)]
    [(1, 'Port of Orrin is shut.', 'Orrin Harbour')]
    """
    channel = export.get("name")
    for number, message in enumerate(export["messages"], start=1):
        text = _text(message.get("text")) if isinstance(message, dict) else ""
        if not text.strip():
            continue  # a picture without words, somebody who joined
        told = {**message, "text": text, "channel": channel}
        seconds = str(message.get("date_unixtime", ""))
        if seconds.isascii() and seconds.isdigit():
            told["date"] = int(seconds[:20])  # ``date`` is that of the clock of whoever exported it
        sender = message.get("from")
        if isinstance(sender, str) and sender != channel:  # in a group; a channel's posts are from itself
            told["author"] = sender
        yield number, told


def _text(value: Any) -> str:
    pieces = value if isinstance(value, list) else [value]
    texts = (piece.get("text") if isinstance(piece, dict) else piece for piece in pieces)
    return "".join(text for text in texts if isinstance(text, str))
