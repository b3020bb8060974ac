"""Starts the emulator: ``python -m emulator [--port N] [--port-file FILE]``."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path


def main() -> None:
    """Serves until it is killed."""
    arguments = _arguments()

    from emulator.call_log import CallLog
    from emulator.control import PREFIX, Control
    from emulator.faults import Faults
    from emulator.front import Front
    from emulator.moto_app import Moto
    from emulator.server import Server

    moto, calls, faults = Moto(with_seed=not arguments.no_seed), CallLog(), Faults()
    front, control = Front(moto, calls, faults), Control(moto, calls, faults)
    server = Server(
        arguments.port,
        lambda request: (control if request.target.startswith(PREFIX) else front).handle(request),
    )
    # The service models and modules live as long as the process; scanning them again and again only costs time.
    gc.collect()
    gc.freeze()
    _announce(server.server_address[1], arguments.port_file)
    server.serve_forever()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description="An AWS on 127.0.0.1 for tests and demonstrations.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0, the default, takes a free one")
    parser.add_argument("--port-file", type=Path, help="file to write the port to once calls are served")
    parser.add_argument("--no-seed", action="store_true", help="start without the examples' certificates")
    return parser.parse_args()


def _announce(port: int, port_file: Path | None) -> None:
    if port_file is not None:
        # A reader must never see half a number.
        partial = port_file.with_suffix(".partial")
        partial.write_text(f"{port}\n")
        partial.replace(port_file)
    print(f"serving on 127.0.0.1:{port}", flush=True)


if __name__ == "__main__":
    main()
