"""moto itself, in this process, one call at a time."""

from __future__ import annotations

import importlib
import io
import os
import threading
import traceback
from typing import Any

# Read by moto when its modules are imported. Automated snapshots count against the limit, and the create that exceeds
# it fails although the instance exists.
os.environ.setdefault("MOTO_RDS_SNAPSHOT_LIMIT", "1000000")
os.environ.setdefault("MOTO_DISABLE_GLOBAL_CORS", "true")
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")

from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from emulator import corrections, seed, shortcuts
from emulator.server import Request, Response
from emulator.transitions import TRANSITIONS

# Imported at start: the first call to a service would otherwise wait seconds for its modules.
_WARM = (
    "rds",
    "elasticache",
    "ec2",
    "eks",
    "s3",
    "dynamodb",
    "cloudwatch",
    "logs",
    "elbv2",
    "iam",
    "sts",
    "acm",
    "wafv2",
    "autoscaling",
    "secretsmanager",
    "sns",
    "resourcegroupstaggingapi",
)


class MotoGap(Exception):
    """moto does not implement the call, or failed in it; no fault of the caller or of a cloud."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


class Moto:
    """moto's backends behind one lock.

    moto is not thread-safe (its listings iterate over dictionaries that creates change), and under the interpreter's
    own lock nothing would run in parallel anyway.
    """

    def __init__(self, with_seed: bool = True):
        self._lock = threading.RLock()
        self._dispatcher = DomainDispatcherApplication(create_backend_app)
        self._with_seed = with_seed
        for service in _WARM:
            importlib.import_module(f"moto.{service}.responses")
        corrections.apply()
        shortcuts.apply()
        shortcuts.remember_hosts(self._dispatcher)
        if with_seed:
            seed.certificates()

    def answer(self, request: Request) -> Response:
        """Lets moto answer a call.

        :raises MotoGap: where moto has no implementation, or a bug.
        :raises Refusal: where a correction refuses the call.
        """
        environ = _environ(request)
        with self._lock:
            TRANSITIONS.advance()
            try:
                return self._run(environ)
            except corrections.Refusal:
                raise
            except NotImplementedError as gap:
                raise MotoGap("MotoNotImplemented", str(gap) or "not implemented") from gap
            except Exception as bug:
                traceback.print_exc()
                raise MotoGap("MotoBug", f"{type(bug).__name__}: {bug}") from bug

    def _run(self, environ: dict[str, Any]) -> Response:
        answer = Response(500)

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            answer.status = int(status.split(" ", 1)[0])
            answer.headers = headers

        application = self._dispatcher.get_application(environ)
        chunks = application(environ, start_response)
        answer.body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        return answer

    def reset(self) -> None:
        """Deletes every resource of every account and region, and seeds again."""
        with self._lock:
            TRANSITIONS.clear()
            moto_api_backend.reset()
            if self._with_seed:
                seed.certificates()

    def locked(self) -> threading.RLock:
        """The lock to hold while looking at moto's models from outside a call."""
        return self._lock


def _environ(request: Request) -> dict[str, Any]:
    path, _, query = request.target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path.encode("utf-8").decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": request.target,
        "RAW_URI": request.target,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": None,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(request.body)),
    }
    for name, value in request.headers.items():
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name not in ("content-length", "transfer-encoding") and "_" not in name:
            environ["HTTP_" + name.upper().replace("-", "_")] = value
    return environ
