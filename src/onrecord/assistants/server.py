"""The server: tools of a record over the Model Context Protocol, on standard input and output.

Standard output carries the protocol alone; what else would print there lands on standard error: the SDK sees to it.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final

import anyio
import msgspec
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    TextContent,
    Tool,
    ToolAnnotations,
)

from onrecord.assistants.asking import read_arguments
from onrecord.assistants.desk import Desk
from onrecord.assistants.schemas import schema_of
from onrecord.assistants.telling import flat, tell
from onrecord.assistants.tools import BY_NAME, INSTRUCTIONS, TOOLS, ToolOfOurs
from onrecord.encoding import clean, clean_value
from onrecord.errors import MissingRecord, OnrecordError
from onrecord.version import VERSION

NAME: Final = "onrecord"
_LOG: Final = logging.getLogger(__name__)
_IDS: Final = "ids come from answers of search, verify, variants, story and people"


def serve(path: Path) -> None:
    """Answer an assistant until it closes standard input.

    Raises:
        RecordError: the record can't be opened.
    """
    desk = Desk(path)
    try:
        anyio.run(_serve, desk)
    finally:
        desk.close()


async def _serve(desk: Desk) -> None:
    server = create_server(desk)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def create_server(desk: Desk) -> Server[Any]:
    """Return a server of a record; calls are answered one at a time, since they share its connection."""
    turns = CapacityLimiter(1)

    async def list_tools(_context: Any, _params: Any) -> ListToolsResult:
        return ListToolsResult(tools=[describe(tool) for tool in TOOLS])

    async def call_tool(_context: Any, params: CallToolRequestParams) -> CallToolResult:
        tool = BY_NAME.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"no such tool; there are {', '.join(BY_NAME)}")
        return await run_sync(answer, desk, tool, params.arguments or {}, limiter=turns)

    return Server(NAME, version=VERSION, instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool)


def describe(tool: ToolOfOurs) -> Tool:
    """Return a tool as the protocol has it."""
    return Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=schema_of(tool.takes),
        output_schema=schema_of(tool.gives),
        annotations=ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def answer(desk: Desk, tool: ToolOfOurs, arguments: dict[str, Any]) -> CallToolResult:
    """Call a tool; what can't be done is an answer too, with what was wrong and what to do."""
    try:
        found = tool.run(desk, read_arguments(arguments, tool.takes))
        told, structured = clean(tell(found)), clean_value(msgspec.to_builtins(found))
    except OnrecordError as error:
        return _failed(_told(error, desk.path))
    except Exception as error:  # noqa: BLE001 - a fault of ours ends one call, not the session
        _LOG.error("%s: %s: %s", tool.name, type(error).__name__, flat(str(error)))
        return _failed("something went wrong inside onrecord; its standard error says what")
    return CallToolResult(content=[TextContent(type="text", text=told)], structured_content=structured)


def _failed(message: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=clean(message))], is_error=True)


def _told(error: OnrecordError, path: Path) -> str:
    """Return an error in one line, without the folders that the record lies in."""
    where = path.name if error.where and str(path) in error.where else error.where
    is_of_id = isinstance(error, MissingRecord) and error.where != str(path)
    return str(
        type(error)(error.what, where=where, advice=_IDS if is_of_id and "tool" not in error.advice else error.advice)
    )
