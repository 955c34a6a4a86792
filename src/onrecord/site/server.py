"""The production server: granian, one process with threads by default, static files from the same process."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from onrecord.errors import OnrecordError
from onrecord.settings import Settings

HOST, PORT = "127.0.0.1", 8000
PORTS_TRIED = 50


class PortTaken(OnrecordError):
    """Something else listens on the port."""

    code = "port"


def free_port(host: str, wanted: int, *, may_move: bool) -> int:
    """The wanted port, or the next free one where another will do.

    Raises:
        PortTaken: it is in use, and no other was allowed or free.
    """
    for port in range(wanted, wanted + (PORTS_TRIED if may_move else 1)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            # As the server does: a port whose last connections are still winding down is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise PortTaken(f"Port {wanted} on {host} is in use. Choose another with --port.")


def prepare(settings: Settings) -> None:
    """Everything a server needs before it answers: home folder, secret key, tables, collected static files."""
    home: Path = settings.home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    from onrecord.record.opening import open_record

    open_record()
    from django.core.management import call_command

    # Quiet, and only what changed: a restart takes no longer for it.
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(host: str, port: int, *, workers: int, threads: int, ready: Callable[[], None]) -> None:
    """Answer requests until told to stop.

    Args:
        ready: called once a worker answers.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "onrecord.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.error,
        websockets=False,
        backlog=2048,
        respawn_failed_workers=True,
        working_dir=Path.cwd(),
    )
    # The hook runs before the workers listen; who reads the address would knock at a closed door.
    server.on_startup(lambda: Thread(target=_call_once_open, args=(host, port, ready), daemon=True).start())
    server.serve()


def _call_once_open(host: str, port: int, ready: Callable[[], None]) -> None:
    knocked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    while True:
        try:
            socket.create_connection((knocked, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            ready()
            return


def base_url(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::') else name}:{port}"  # noqa: S104 - compared, not bound


def use_base_url(url: str) -> None:
    """Let the site know its own address, unless the owner set one."""
    os.environ.setdefault("ONRECORD_BASE_URL", url)
    if "django" in sys.modules and "onrecord.site.conf" in sys.modules:
        raise RuntimeError("the site's settings are read already; set its address before")
