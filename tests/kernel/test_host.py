"""Hosts of their own: where there can be one, and that nothing of them is left."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizgen.kernel import host
from quizgen.kernel.host import Host, missing
from quizgen.kernel.lab import Lab
from tests.models.tcp.kernel.marks import live


def refuse(*args: object, **settings: object) -> None:
    raise PermissionError(1, "Operation not permitted")


LACKING = {
    "Linux": ("sys.platform", "darwin", "this is darwin", "on Linux"),
    "root": ("os.geteuid", lambda: 1000, "need root", "sudo"),
    "the device": ("quizgen.kernel.host.TUN", Path("/nowhere/tun"), "there is no /nowhere/tun", "modprobe tun"),
    "the right": ("quizgen.kernel.host.Host", refuse, "Operation not permitted", "--cap-add NET_ADMIN"),
}


@pytest.mark.parametrize(("name", "value", "why", "remedy"), LACKING.values(), ids=LACKING)
def test_what_is_missing_is_said_with_a_remedy(
    name: str, value: object, why: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(host, "TUN", Path("/dev/null"))
    monkeypatch.setattr(name, value)
    lacking = missing()
    assert lacking is not None
    assert why in lacking.why
    assert remedy in lacking.remedy


def open_files() -> set[str]:
    return {str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink() and one.exists()}


def namespaces(process: str = "self") -> set[str]:
    """The network namespaces that the threads of a process are in."""
    found = set()
    for task in Path(f"/proc/{process}/task").glob("*/ns/net"):
        try:
            found.add(str(task.readlink()))
        except OSError:
            continue  # the thread has ended meanwhile
    return found


def left(before: set[str]) -> set[str]:
    """What is there that was not before, once threads that are over have had time to go."""
    deadline = time.monotonic() + 5
    while (new := (open_files() | namespaces()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    return new


@live
def test_a_laboratory_leaves_nothing() -> None:
    interfaces, before = socket.if_nameindex(), open_files() | namespaces()
    with Lab():
        assert len(namespaces() - before) == 2
        assert socket.if_nameindex() == interfaces
    assert not left(before)
    assert socket.if_nameindex() == interfaces


@live
def test_a_host_that_cannot_be_made_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_files() | namespaces()
    monkeypatch.setattr(host, "Diagnosis", refuse)
    with pytest.raises(PermissionError):
        Host("192.0.2.1", "192.0.2.2", {}, timers=False, quickack=True)
    assert not left(before)


@live
def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quizgen", "trace", "lost_third_repaired", "--against", "kernel"]
    started = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Where the tests run in the background, their processes would be deaf to interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    ours = namespaces()
    theirs: set[str] = set()
    while not (len(theirs) == 3 or started.poll() is not None):  # its own, and one for each end
        time.sleep(0.01)
        theirs = namespaces(str(started.pid))
    time.sleep(0.2)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=20)
    assert (started.returncode, out, err) == (130, b"", b"")
    running = [one.name for one in Path("/proc").iterdir() if one.name.isdigit()]
    assert not (theirs - ours) & {one for process in running for one in namespaces(process)}
