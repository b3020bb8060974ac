"""The program of a pod: app.py PORT WORDS. It answers requests with its words after a moment. At SIGTERM it takes no more connections,
answers what it has begun, and ends: as well-mannered as most servers, and no better. It knows nothing of load balancers."""
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

begun = 0
lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        global begun
        with lock:
            begun += 1
        try:
            time.sleep(0.02)
            body = (sys.argv[2] + "\n").encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        finally:
            with lock:
                begun -= 1

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main():
    server = Server(("127.0.0.1", int(sys.argv[1])), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever(poll_interval=0.05)
    server.socket.close()
    while begun:
        time.sleep(0.01)
    os._exit(0)


main()
