"""A server whose connections and websockets are bounded as those of the dashboard."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from dashboard.serving.connections import BoundedConnection
from dashboard.serving.frames import BoundedWebsocket


@contextmanager
def bounded_server(app: Starlette) -> Iterator[int]:
    """Serve `app` within the block; yields the port."""
    config = uvicorn.Config(
        app, port=0, http=BoundedConnection, ws=BoundedWebsocket, lifespan="off"
    )
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run)
    running.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    running.join()
