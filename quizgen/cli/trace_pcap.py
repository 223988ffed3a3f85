"""`quizgen trace --pcap`: a TCP run as a capture file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quizgen.cli.compile import counted, usage_error

if TYPE_CHECKING:
    from quizgen.models.tcp.run import Trace

STDOUT = "-"


def write_pcap(trace: Trace, to: str) -> None:
    """Write the capture to a file, or to standard output where that is `-` and no terminal."""
    from quizgen.files import replacing
    from quizgen.render.pcap import pcap

    if to == STDOUT and sys.stdout.isatty():
        usage_error("a capture is nothing for a terminal", "name a file, or pipe it as in `--pcap - | tshark -r -`")
    try:
        data = pcap(trace)
    except ValueError as error:
        usage_error(f"this run is no capture: {error}")
    if to == STDOUT:
        sys.stdout.buffer.write(data)
        return
    try:
        with replacing(Path(to)) as fresh:
            fresh.write_bytes(data)
    except BrokenPipeError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        usage_error(f"cannot write `{to}`: {getattr(error, 'strerror', None) or error}")
    typer.echo(f"{to}: {counted(len(trace.sent), 'packet')}", err=True)
