"""The first process of a test sandbox: starts one fresh process a test and says how it ended.

Only children of this process run what others wrote. It trusts nothing that they say or leave behind: their output and
their reports are bytes to be passed on. The engine's side of the conversation is DriverConversation.swift.

A message is four bytes of length, big-endian, and that many bytes: lines of "key value", an empty line, the body.
"""
# Children may replace what is in builtins; names of this module win over them.
from builtins import (
    BaseException, BlockingIOError, ChildProcessError, Exception, MemoryError, NameError, OSError,
    ProcessLookupError, SyntaxError, SystemExit, UnicodeError, ValueError, bool, bytearray, bytes, compile, dict,
    exec, float, frozenset, getattr, hasattr, id, int, isinstance, issubclass, iter, len, list, max, min, object,
    range, repr, set, sorted, str, sum, tuple, type)
import errno
import marshal
import os
import resource
import select
import signal
import sys
import time

PROGRAM_FILE = "/program/main.py"
ERROR_TAIL = 8192
REPORT_BYTES = 256 << 20
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGESIZE")
PROCESSORS = len(os.sched_getaffinity(0))
# Otherwise there is no sandbox, and everything outside the scratch folder is somebody's.
IS_FIRST = os.getpid() == 1
SCRATCH = "/tmp" if IS_FIRST else f"/tmp/llmbench-scratch-{os.urandom(8).hex()}"
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36

PRELUDE = "".join(
    f"from {name} import *\n"
    for name in (
        "string", "re", "datetime", "collections", "heapq", "bisect", "copy", "math", "random", "statistics",
        "itertools", "functools", "operator", "io", "sys", "json", "builtins", "typing")
) + "".join(
    f"import {name}\n"
    for name in (
        "string", "re", "datetime", "collections", "heapq", "bisect", "copy", "math", "random", "statistics",
        "itertools", "functools", "operator", "io", "sys", "json"))
PRELUDE_RECURSION, PRELUDE_DIGITS = 50000, 50000


def make_prctl():
    """The system call, without the price of importing all of ctypes."""
    import _ctypes
    address = _ctypes.dlsym(_ctypes.dlopen(None, 0), "prctl")
    call = _ctypes.call_function

    def prctl(option, value):
        return call(address, (option, value, 0, 0, 0))
    return prctl


# MARK: - The conversation

def read_exactly(descriptor, count):
    parts = []
    while count > 0:
        part = os.read(descriptor, min(count, 1 << 20))
        if not part:
            raise SystemExit(0)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def read_message(descriptor):
    length = int.from_bytes(read_exactly(descriptor, 4), "big")
    head, _, body = read_exactly(descriptor, length).partition(b"\n\n")
    fields = {}
    for line in head.decode().split("\n"):
        key, _, value = line.partition(" ")
        fields[key] = value
    return fields, body


def write_all(descriptor, data, write=os.write):
    view = memoryview(data)
    while len(view) > 0:
        view = view[write(descriptor, view):]


def message(fields, parts):
    head = "\n".join(f"{key} {value}" for key, value in fields.items()) + "\n"
    sizes = "parts " + ",".join(str(len(part)) for part in parts)
    data = b"".join([head.encode("utf-8", "replace"), sizes.encode(), b"\n\n"] + parts)
    return len(data).to_bytes(4, "big") + data


# MARK: - What a child says

def report(kind, *texts):
    """A kind and texts, each with its length in front."""
    data = bytearray(kind)
    for text in texts:
        raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        data += b"%d:" % len(raw)
        data += raw
    return bytes(data)


def describe_error(error, stage, offset=0):
    kind = type(error)
    name = type.__dict__["__qualname__"].__get__(kind)
    try:
        text = str(error) if issubclass(kind, Exception) else ""
        text = str.__str__(text)[:1000]
    except BaseException:
        text = ""
    line = ""
    if issubclass(kind, SyntaxError) and stage == "compile":
        line = str(max((getattr(error, "lineno", None) or 0) - offset, 0) or "")
        text = str(getattr(error, "msg", text))[:1000]
    trace = BaseException.__traceback__.__get__(error)
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == PROGRAM_FILE:
            line = str(trace.tb_lineno - offset)
        trace = trace.tb_next
    return report(b"E", stage, name, text, line)


def show_error(error):
    """Prints the traceback without this file's own part of it."""
    trace = BaseException.__traceback__.__get__(error)
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    try:
        sys.excepthook(type(error), BaseException.with_traceback(error, trace), trace)
    except BaseException:
        pass


class TooLarge(Exception):
    pass


class Encoder:
    """Turns a value into plain data by the methods of the plain types alone: a program's own class has no say."""

    def __init__(self, limit):
        self.parts = []
        self.room = limit

    def put(self, tag, raw):
        self.room -= len(raw) + 24
        if self.room < 0:
            raise TooLarge
        self.parts.append(b"%s%d:" % (tag, len(raw)))
        self.parts.append(raw)

    def count(self, tag, number):
        self.room -= 24
        if self.room < 0:
            raise TooLarge
        self.parts.append(b"%s%d:" % (tag, number))

    def sequence(self, tag, items, depth):
        items = list(items)
        self.count(tag, len(items))
        for item in items:
            self.add(item, depth + 1)

    def add(self, value, depth=0):
        kind = type(value)
        if value is None:
            self.count(b"N", 0)
        elif value is True or value is False:
            self.count(b"B", 1 if value is True else 0)
        elif depth > 200:
            self.other(value, kind, "nested more than 200 levels deep")
        elif issubclass(kind, int):
            self.put(b"I", int.__repr__(int.__add__(value, 0)).encode())
        elif issubclass(kind, float):
            self.put(b"F", float.__repr__(value).encode())
        elif issubclass(kind, str):
            self.put(b"S", str.encode(value, "utf-8", "surrogatepass"))
        elif issubclass(kind, bytes):
            self.put(b"Y", bytes.__getitem__(value, slice(None)))
        elif issubclass(kind, list):
            self.sequence(b"L", list.__iter__(value), depth)
        elif issubclass(kind, tuple):
            self.sequence(b"T", tuple.__iter__(value), depth)
        elif issubclass(kind, set):
            self.sequence(b"Z", set.__iter__(value), depth)
        elif issubclass(kind, frozenset):
            self.sequence(b"Z", frozenset.__iter__(value), depth)
        elif issubclass(kind, dict):
            items = list(dict.items(value))
            self.count(b"D", len(items))
            for key, item in items:
                self.add(key, depth + 1)
                self.add(item, depth + 1)
        else:
            self.foreign(value, kind, depth)

    def foreign(self, value, kind, depth):
        numpy = sys.modules.get("numpy")
        generic = getattr(numpy, "generic", None)
        if isinstance(generic, type) and issubclass(kind, generic):
            plain = generic.item(value)
            if type(plain) in (int, float, bool, str, bytes):
                return self.add(plain, depth + 1)
        self.other(value, kind, None)

    def other(self, value, kind, text):
        if text is None:
            try:
                text = str.__str__(repr(value))[:200]
            except BaseException:
                text = ""
        mro = type.__dict__["__mro__"].__get__(kind)
        own = any_own(mro, "__eq__")
        name = type.__dict__["__qualname__"].__get__(kind)
        self.count(b"O", 1 if own else 0)
        self.put(b"S", name.encode("utf-8", "replace"))
        self.put(b"S", text.encode("utf-8", "replace"))


def any_own(mro, name):
    for kind in mro[:-1]:
        if name in type.__dict__["__dict__"].__get__(kind):
            return True
    return False


def encode_value(value, limit):
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    encoder = Encoder(limit)
    try:
        encoder.add(value)
    except TooLarge:
        return report(b"O")
    except MemoryError as error:
        return describe_error(error, "run")
    return b"V" + b"".join(encoder.parts)


# MARK: - In the child

class Quitter:
    """What `site` makes of exit and quit."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Use {self.name}() or Ctrl-D (i.e. EOF) to exit"

    def __call__(self, code=None):
        try:
            sys.stdin.close()
        except Exception:
            pass
        raise SystemExit(code)


def exit_code(error):
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return int.__and__(code, 255)
    try:
        sys.stderr.write(f"{code}\n")
    except BaseException:
        pass
    return 1


def leave(code, _exit=os._exit):
    """Ends the process as the interpreter would, without taking it apart first."""
    try:
        threading = sys.modules.get("threading")
        if threading is not None:
            threading._shutdown()
    except BaseException:
        pass
    try:
        import atexit
        atexit._run_exitfuncs()
    except BaseException:
        pass
    for stream, failure in ((sys.stdout, 120), (sys.stderr, code)):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:
            code = code or failure
    _exit(code)


def module_for(name, prelude):
    module = type(sys)(name)
    module.__dict__.update(prelude)
    module.__dict__.update(__name__=name, __file__=PROGRAM_FILE, __doc__=None)
    module.__dict__["__builtins__"] = sys.modules["builtins"]
    sys.modules[name] = module
    return module


def enter_interpreter(settings):
    """Gives the child the interpreter's state that a program expects."""
    import gc
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    builtins = sys.modules["builtins"]
    for name in ("exit", "quit"):
        if not hasattr(builtins, name):
            setattr(builtins, name, Quitter(name))
    sys.argv = [PROGRAM_FILE]
    if settings.prelude:
        sys.setrecursionlimit(PRELUDE_RECURSION)
        if hasattr(sys, "set_int_max_str_digits"):
            sys.set_int_max_str_digits(PRELUDE_DIGITS)
    else:
        sys.setrecursionlimit(1010)


def child_standard_input(settings, blob, test, say, getpid=os.getpid):
    owner = getpid()
    module = module_for("__main__", settings.prelude)
    code = 0
    try:
        exec(marshal.loads(blob), module.__dict__)
    except SystemExit as error:
        code = exit_code(error)
    except BaseException as error:
        code = 1
        if getpid() == owner:
            say(describe_error(error, "run"))
        show_error(error)
    leave(code)


def parse_arguments(test):
    """Before anything of the program has run, so that it has no part in it."""
    import json
    if not hasattr(sys, "set_int_max_str_digits"):
        return [json.loads(text) for text in split_texts(test)]
    digits = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return [json.loads(text) for text in split_texts(test)]
    finally:
        sys.set_int_max_str_digits(digits)


def child_function(settings, blob, test, say, getpid=os.getpid, _exit=os._exit):
    owner = getpid()
    arguments = parse_arguments(test)
    module = module_for("solution", settings.prelude)
    sys.modules["__main__"] = module
    stage = "load"
    answer = None
    try:
        exec(marshal.loads(blob), module.__dict__)
        holder = module.__dict__.get("Solution")
        if isinstance(holder, type):
            holder = holder()
            function = getattr(holder, settings.function, None)
        else:
            function = module.__dict__.get(settings.function)
        if function is None:
            answer = report(b"N", f"there is no function {settings.function} in the program")
        else:
            stage = "run"
            value = function(*arguments)
            if getpid() == owner:
                answer = encode_value(value, settings.output)
    except SystemExit as error:
        answer = report(b"X", str(exit_code(error)))
    except BaseException as error:
        answer = describe_error(error, stage)
        show_error(error)
    if getpid() == owner and answer is not None:
        say(answer)
    flush_quietly()
    _exit(0)


def child_script(settings, blob, test, say, getpid=os.getpid, _exit=os._exit):
    owner = getpid()
    module = module_for("solution", settings.prelude)
    sys.modules["__main__"] = module
    stage = "load"
    try:
        exec(marshal.loads(blob), module.__dict__)
        stage = "run"
        exec(compile(test, "/program/checks.py", "exec", dont_inherit=True), module.__dict__)
        answer = report(b"F")
    except SystemExit as error:
        answer = report(b"X", str(exit_code(error)))
    except BaseException as error:
        answer = describe_error(error, stage)
        show_error(error)
    if getpid() == owner:
        say(answer)
    flush_quietly()
    _exit(0)


def flush_quietly():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass


def split_texts(body):
    """Texts with their lengths in front: "3:abc2:de"."""
    texts = []
    while body:
        size, _, rest = body.partition(b":")
        texts.append(rest[:int(size)])
        body = rest[int(size):]
    return texts


def child_compile(settings, source, test, say):
    try:
        code = compile(source, PROGRAM_FILE, "exec", dont_inherit=True)
        answer = b"M" + marshal.dumps(code)
    except BaseException as error:
        answer = describe_error(error, "compile")
    say(answer)
    os._exit(0)


# MARK: - The reference runner's way

class OfficialInput:
    """What LiveCodeBench's runner puts in the place of standard input: it can be read, but not iterated over."""

    class Buffer:
        def __init__(self, text):
            self.content = text.encode("utf-8")

        def read(self, *arguments):
            return self.content

        def readline(self, *arguments):
            return self.content.split(b"\n")[0] + b"\n"

    def __init__(self, text):
        import io
        self.content = text
        self.lines = io.StringIO(text)
        self.buffer = OfficialInput.Buffer(text)

    def read(self, *arguments):
        return self.content

    def readline(self, *arguments):
        return self.lines.readline(*arguments)

    def readlines(self, *arguments):
        return self.content.split("\n")

    def __getattr__(self, name):
        return getattr(self.lines, name)


OFFICIAL_PRELUDE = PRELUDE.replace("import builtins\n", "").replace("import typing\n", "") + (
    f"sys.setrecursionlimit({PRELUDE_RECURSION})\n")


def official_main(source):
    """The program as a function: the block for the main module opened if it comes last, imports before."""
    import ast
    try:
        body = ast.parse(source).body
        last = body[-1]
        if isinstance(last, ast.If) and ast.unparse(last.test).strip() == "__name__ == '__main__'":
            source = ast.unparse(body[:-1]) + "\n" + ast.unparse(last.body)
    except Exception:
        pass
    try:
        body = ast.parse(source).body
        imports = [part for part in body if isinstance(part, (ast.Import, ast.ImportFrom))]
        others = [part for part in body if not isinstance(part, (ast.Import, ast.ImportFrom))]
        nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        function = ast.FunctionDef(
            name="wrapped_function", args=nothing, body=others, decorator_list=[], type_params=[], lineno=-1)
        return OFFICIAL_PRELUDE + "\n" + ast.unparse(imports) + "\n" + ast.unparse(function)
    except Exception:
        return source


def official_guard():
    """Takes away what the reference runner takes away."""
    import shutil
    import subprocess
    os.environ["OMP_NUM_THREADS"] = "1"
    for name in (
            "kill", "system", "putenv", "remove", "removedirs", "rmdir", "fchdir", "setuid", "fork", "forkpty", "killpg",
            "rename", "renames", "truncate", "replace", "unlink", "fchmod", "fchown", "chmod", "chown", "chroot",
            "lchflags", "lchmod", "lchown", "getcwd", "chdir"):
        setattr(os, name, None)
    for name in ("rmtree", "move", "chown"):
        setattr(shutil, name, None)
    subprocess.Popen = None
    builtins = sys.modules["builtins"]
    builtins.quit = builtins.help = None
    for name in ("ipdb", "joblib", "resource", "psutil", "tkinter"):
        sys.modules[name] = None


class OfficialProgram:
    """The program in a process that stays for all its tests."""

    def __init__(self, settings):
        self.settings = settings
        self.function = None
        is_function = settings.entry == "function"
        # The lines of a program that was taken apart and put together again mean nothing.
        self.file = PROGRAM_FILE if is_function else "<string>"
        self.offset = OFFICIAL_PRELUDE.count("\n") + 2 if is_function else 0

    def load(self):
        is_function = self.settings.entry == "function"
        source = self.settings.source.decode("utf-8", "replace")
        text = OFFICIAL_PRELUDE + "\n\n" + source if is_function else official_main(source)
        module = type(sys)("tmp_sol", "")
        exec(compile(text, self.file, "exec", dont_inherit=True), module.__dict__)
        holder = module.Solution() if "class Solution" in text else module
        name = self.settings.function if is_function else "wrapped_function"
        self.function = getattr(holder, name, None)
        return self.function is not None

    def answer(self, body):
        stage = "load"
        try:
            if self.function is None:
                if not self.load():
                    return report(b"N", "there is no such function in the program")
            stage = "run"
            if self.settings.entry == "standardInput":
                return self.answer_input(body.decode("utf-8", "replace"))
            return encode_value(self.function(*parse_arguments(body)), self.settings.output)
        except SystemExit as error:
            return report(b"X", str(exit_code(error)))
        except BaseException as error:
            if isinstance(error, SyntaxError) and stage == "load" and error.filename == self.file:
                return describe_error(error, "compile", self.offset)
            show_error(error)
            return describe_error(error, stage, self.offset)

    def answer_input(self, text):
        import io
        from unittest import mock
        before = sys.stdout
        sys.stdout = captured = io.StringIO()
        captured.close = lambda x: 1
        try:
            with mock.patch("builtins.open", mock.mock_open(read_data=text)):
                with mock.patch("sys.stdin", OfficialInput(text)):
                    try:
                        self.function()
                    except SystemExit:
                        pass
        finally:
            sys.stdout = before
        printed = captured.getvalue()
        if len(printed) > self.settings.output:
            return report(b"O")
        return report(b"S", printed)


CHILDREN = {"standardInput": child_standard_input, "function": child_function, "script": child_script}


# MARK: - One test

class Settings:
    """The program under test, as the engine has sent it."""

    def __init__(self, fields, source, driver):
        self.source = source
        self.entry = fields["entry"]
        self.function = fields.get("function", "")
        self.dialect = fields["dialect"]
        self.cpu = float(fields["cpu"])
        self.wall = float(fields["wall"])
        self.output = int(fields["output"])
        self.processes = int(fields["processes"])
        self.scratch = int(fields["scratch"])
        self.memory = int(fields["memory"])
        # Without a control group the limits on memory are this process's to watch.
        self.watches_memory = fields["watchesMemory"] == "1"
        self.command = [text.decode() for text in split_texts(bytes.fromhex(fields.get("command", "")))]
        self.prelude = driver.prelude() if fields["prelude"] == "1" and not self.command else {}


class Stream:
    """The reading end of a pipe with what was kept of it."""

    def __init__(self, limit, tail):
        self.source, self.target = os.pipe2(os.O_CLOEXEC)
        os.set_blocking(self.source, False)
        self.parts = []
        self.size = 0
        self.limit = limit
        self.tail = tail
        self.is_open = True

    def read(self):
        """Takes what is there, of an endless stream some of it. Returns whether the limit was passed."""
        turns = 64
        while self.is_open and turns > 0:
            turns -= 1
            try:
                part = os.read(self.source, 1 << 16)
            except BlockingIOError:
                break
            except OSError:
                part = b""
            if not part:
                self.close()
                break
            self.size += len(part)
            if self.tail:
                self.parts = [(b"".join(self.parts) + part)[-self.tail:]]
            else:
                self.parts.append(part)
            if self.size > self.limit:
                return True
        return self.size > self.limit

    def data(self):
        data = b"".join(self.parts)
        return data if self.tail else data[:self.limit]

    def close(self):
        if self.is_open:
            self.is_open = False
            os.close(self.source)


class Child:
    """A process with everything it has started, from its start until nothing of it is left."""

    def __init__(self, driver, settings, fields, stdin):
        self.driver = driver
        self.settings = settings
        self.cpu_limit = float(fields.get("cpu") or settings.cpu)
        self.wall_limit = float(fields.get("wall") or settings.wall)
        self.stdin = memoryview(stdin)
        self.nonce = os.urandom(16)
        self.reason = None
        self.status = None
        self.cpu = 0.0
        self.base_cpu = 0.0
        self.peak = 0
        # Whether it stays for further tests; its tests come through the pipe that is otherwise standard input.
        self.stays = False

    def start(self, body):
        """Forks; `body(say)` runs in the child and does not return."""
        self.output = Stream(self.settings.output, 0)
        self.errors = Stream(self.settings.output, ERROR_TAIL)
        self.reports = Stream(REPORT_BYTES, 0)
        input_source, self.feed = os.pipe2(os.O_CLOEXEC)
        os.set_blocking(self.feed, False)
        self.feed_input()
        self.started = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.become_program(input_source, body)
            finally:
                os._exit(125)
        for descriptor in (input_source, self.output.target, self.errors.target, self.reports.target):
            os.close(descriptor)
        self.handle = os.pidfd_open(self.pid)

    def become_program(self, input_source, body):
        channel = self.reports.target
        try:
            say = self.prepare(input_source)
        except BaseException as error:
            answer = report(b"P", f"cannot prepare the test's process: {error!r}")
            os.write(channel, self.nonce + len(answer).to_bytes(4, "big") + answer)
            return
        try:
            body(say)
        except BaseException as error:
            sys.__excepthook__(type(error), error, error.__traceback__)

    def prepare(self, input_source):
        """In the child: descriptors, limits, session. Returns the function that reports."""
        os.setsid()
        # Above the numbers that programs use, and another one each time.
        high = 64 + int.from_bytes(os.urandom(1), "big")
        if self.stays:
            self.inbox = os.dup2(input_source, high + 1, inheritable=False)
        else:
            os.dup2(input_source, 0)
        os.dup2(self.output.target, 1)
        os.dup2(self.errors.target, 2)
        channel = os.dup2(self.reports.target, high, inheritable=False)
        os.closerange(3, high)
        os.closerange(high + (2 if self.stays else 1), 4096)
        settings = self.settings
        if self.driver.prctl is not None:
            self.driver.prctl(PR_SET_DUMPABLE, 1)
            self.driver.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        # Where memory runs out, this process goes and not the driver.
        file = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(file, b"1000")
        os.close(file)
        lower(resource.RLIMIT_CORE, 0)
        if not self.stays:
            lower(resource.RLIMIT_CPU, int(self.cpu_limit) + 2)
        lower(resource.RLIMIT_FSIZE, settings.scratch)
        lower(resource.RLIMIT_NOFILE, 512)
        lower(resource.RLIMIT_NPROC, settings.processes + 1)
        if not settings.command:
            # More stack than the usual 8 MiB: deep recursion through built-in functions is no fault of an algorithm.
            lower(resource.RLIMIT_STACK, 120 << 20)
        if settings.watches_memory and not settings.command:
            lower(resource.RLIMIT_AS, settings.memory + self.driver.address_space() + (64 << 20))
        nonce = self.nonce
        limit = REPORT_BYTES - 64
        write = os.write

        def say(answer):
            if len(answer) > limit:
                answer = b"O"
            try:
                write_all(channel, nonce + len(answer).to_bytes(4, "big") + answer, write)
            except OSError:
                pass
        return say

    # While it runs

    def feed_input(self):
        if self.feed is None:
            return
        try:
            while len(self.stdin) > 0:
                self.stdin = self.stdin[os.write(self.feed, self.stdin[:1 << 16]):]
        except BlockingIOError:
            return
        except OSError:
            pass
        if not self.stays:
            self.close_feed()

    def close_feed(self):
        if self.feed is not None:
            os.close(self.feed)
            self.feed = None

    def watch(self, is_done):
        """Waits until the child has ended, went over a limit, or `is_done` says so."""
        next_check = self.started
        while self.status is None and self.reason is None:
            now = time.monotonic()
            if now >= next_check:
                pause = self.check(now)
                next_check = now + pause
                if self.reason is not None:
                    break
            poll = select.poll()
            poll.register(self.handle, select.POLLIN)
            poll.register(self.driver.requests, select.POLLHUP)
            for stream in (self.output, self.errors, self.reports):
                if stream.is_open:
                    poll.register(stream.source, select.POLLIN)
            if self.feed is not None and len(self.stdin) > 0:
                poll.register(self.feed, select.POLLOUT)
            ready = dict(poll.poll(max((next_check - now) * 1000, 1)))
            if self.driver.requests in ready:
                self.driver.end()
            if self.feed in ready:
                self.feed_input()
            # In turns, so that one full stream does not hold up the others.
            for stream in (self.output, self.errors, self.reports):
                if stream.is_open and stream.source in ready and stream.read():
                    self.reason = "outputLimit"
            if self.handle in ready:
                self.collect_main()
            elif is_done is not None and is_done():
                return

    def collect_main(self):
        pid, status, usage = os.wait4(self.pid, 0)
        self.status = status
        self.count(usage)

    def count(self, usage):
        self.cpu += usage.ru_utime + usage.ru_stime
        self.peak = max(self.peak, usage.ru_maxrss << 10)

    def check(self, now):
        """Compares what the processes have used with the limits. Returns when to look again, in seconds."""
        used, resident = self.driver.usage()
        used -= self.base_cpu
        elapsed = now - self.started
        if used > self.cpu_limit:
            self.reason = "cpuTime"
        elif elapsed > self.wall_limit:
            # Time in which it was ready to run and other work had the processors is not its own.
            if elapsed - self.driver.waited() > self.wall_limit or elapsed > 10 * self.wall_limit:
                self.reason = "wallTime"
        if self.settings.watches_memory:
            self.peak = max(self.peak, resident)
            if resident > self.settings.memory and self.driver.shared_once() > self.settings.memory:
                self.reason = "memory"
        pause = min((self.cpu_limit - used) / PROCESSORS, max(self.wall_limit - elapsed, 0.05))
        if self.settings.watches_memory:
            pause = min(pause, 0.02)
        return max(pause, 0.01)

    # One test of several

    def begin(self, fields, body):
        self.cpu_limit = float(fields.get("cpu") or self.settings.cpu)
        self.wall_limit = float(fields.get("wall") or self.settings.wall)
        self.reports.parts, self.reports.size = [], 0
        self.base_cpu = self.driver.usage()[0]
        self.base_clock = self.clock()
        self.started = time.monotonic()
        self.stdin = memoryview(len(body).to_bytes(4, "big") + body)
        self.feed_input()

    def clock(self):
        """Processor seconds of the process itself, to the nanosecond."""
        try:
            return time.clock_gettime(~self.pid << 3 | 2)
        except OSError:
            return 0.0

    def has_answered(self):
        data = b"".join(self.reports.parts)
        return len(data) >= 20 and len(data) >= 20 + int.from_bytes(data[16:20], "big")

    def interim(self):
        """The outcome of a test after which the process goes on."""
        self.output.read()
        self.errors.read()
        fields = {
            "ending": "", "exitCode": 0, "cpu": f"{max(self.clock() - self.base_clock, 0):.6f}",
            "wall": f"{time.monotonic() - self.started:.6f}", "peak": 0, "clean": 1}
        errors, self.errors.parts = self.errors.data(), []
        return fields, errors

    # Its end

    def finish(self):
        """Kills what is left and takes what is still in the pipes."""
        self.close_feed()
        if self.status is None:
            try:
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)
            except OSError:
                pass
            # Everything else first: a stopped tracer or a full pipe cannot hold this one.
            self.driver.kill_all(self.pid)
            self.collect_main()
        self.driver.kill_all(self.pid)
        for usage in self.driver.reap():
            self.count(usage)
        over = self.output.read() or self.errors.read() or self.reports.read()
        if over and self.reason is None:
            self.reason = "outputLimit"
        if self.cpu - self.base_cpu > self.cpu_limit and self.reason is None:
            self.reason = "cpuTime"
        for stream in (self.output, self.errors, self.reports):
            stream.close()
        os.close(self.handle)
        self.wall = time.monotonic() - self.started

    def answer(self):
        """What the child has reported; empty when it did not, or when something else wrote there first."""
        data = self.reports.data()
        size = int.from_bytes(data[16:20], "big")
        if data[:16] != self.nonce or len(data) < 20 + size:
            return b""
        return data[20:20 + size]

    def outcome(self):
        ending = self.reason or ""
        code = -1
        if self.status is not None:
            if os.WIFSIGNALED(self.status):
                number = os.WTERMSIG(self.status)
                ending = ending or f"signal{number}"
            else:
                code = os.WEXITSTATUS(self.status)
        return {
            "ending": ending, "exitCode": code, "cpu": f"{self.cpu - self.base_cpu:.6f}", "wall": f"{self.wall:.6f}",
            "peak": self.peak}


def lower(limit, value):
    """Sets a limit as far as the one inherited allows."""
    _, hard = resource.getrlimit(limit)
    if hard != resource.RLIM_INFINITY and value > hard:
        value = hard
    resource.setrlimit(limit, (value, value))


# MARK: - The first process

class Driver:
    def __init__(self):
        self.requests = os.dup(0)
        self.responses = os.dup(1)
        for descriptor in (self.requests, self.responses):
            os.set_inheritable(descriptor, False)
        null = os.open("/dev/null", os.O_RDWR | os.O_CLOEXEC)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.close(null)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        self.prctl = make_prctl()
        # Without this a child could write to the memory of this process through /proc.
        if self.prctl(PR_SET_DUMPABLE, 0) != 0:
            raise OSError("cannot protect the driver's memory")
        self.prctl(PR_SET_CHILD_SUBREAPER, 1)
        if not IS_FIRST:
            os.mkdir(SCRATCH, 0o700)
            os.chdir(SCRATCH)
            os.environ["TMPDIR"] = os.environ["HOME"] = SCRATCH
        self.prelude_names = None
        self.settings = None
        self.blob = None
        self.failure = None
        self.official = None

    def prelude(self):
        if self.prelude_names is None:
            names = {}
            exec(PRELUDE, names)
            names.pop("__builtins__", None)
            self.prelude_names = names
        return self.prelude_names

    def address_space(self):
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * PAGE

    # Processes of the test: all but this one

    def others(self):
        if IS_FIRST:
            return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]
        found, pending = [], [os.getpid()]
        while pending:
            pid = pending.pop()
            try:
                for thread in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{thread}/children") as file:
                        children = [int(word) for word in file.read().split()]
                    found += children
                    pending += children
            except OSError:
                pass
        return found

    def usage(self):
        """Processor seconds and resident bytes of all of them together."""
        used = resident = 0
        for pid in self.others():
            try:
                with open(f"/proc/{pid}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
                used += sum(int(field) for field in fields[11:15])
                resident += int(fields[21])
            except (OSError, IndexError):
                pass
        return used / TICKS, resident * PAGE

    def waited(self):
        """Seconds that the thread which waited most for a processor has waited."""
        most = 0
        for pid in self.others():
            try:
                for thread in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{thread}/schedstat") as file:
                        most = max(most, int(file.read().split()[1]))
            except (OSError, IndexError):
                pass
        return most / 1e9

    def shared_once(self):
        """Resident bytes with pages that processes share counted once in all."""
        total = 0
        for pid in self.others():
            try:
                with open(f"/proc/{pid}/smaps_rollup") as file:
                    total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
            except OSError:
                pass
        return total << 10

    def kill_all(self, main):
        """Sends the end to every process but this one."""
        if IS_FIRST:
            try:
                os.kill(-1, signal.SIGKILL)
            except ProcessLookupError:
                pass
            return
        for pid in self.others():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass

    def reap(self):
        """Collects what has ended until nothing is left; what a dying process has started ends as well."""
        usages = []
        while True:
            try:
                usages.append(os.wait4(-1, 0)[2])
            except ChildProcessError:
                return usages
            self.kill_all(0)

    # Requests

    def run(self):
        version = sys.version_info
        self.send({"hello": f"{version[0]}.{version[1]}.{version[2]}"}, [])
        import gc
        gc.disable()
        while True:
            try:
                fields, body = read_message(self.requests)
            except SystemExit:
                # Nobody is there any more.
                self.end()
            kind = fields["do"]
            if kind == "program":
                self.settings = Settings(fields, body, self)
                gc.collect()
                gc.freeze()
                self.send({"ready": 1}, [])
            elif kind == "test":
                self.test(fields, body)
            elif kind == "end":
                self.end()

    def send(self, fields, parts):
        write_all(self.responses, message(fields, parts))

    def end(self):
        """Where no sandbox ends with this process, it leaves nothing behind by itself."""
        self.kill_all(0)
        self.reap()
        if not IS_FIRST:
            wipe(SCRATCH)
            os.rmdir(SCRATCH)
        os._exit(0)

    def test(self, fields, body):
        settings = self.settings
        if settings.command:
            return self.command_test(fields, body)
        if settings.dialect == "official" and settings.entry != "script":
            return self.official_test(fields, body)
        if self.blob is None and self.failure is None:
            self.compile(fields)
        if self.failure is not None:
            return self.send(*self.failure)
        is_input = settings.entry == "standardInput"
        child = Child(self, settings, fields, body if is_input else b"")
        blob, entry = self.blob, CHILDREN[settings.entry]

        def run(say):
            enter_interpreter(settings)
            entry(settings, blob, body, say)
        child.start(run)
        child.watch(None)
        child.finish()
        self.reply(child, child.answer())

    def command_test(self, fields, body):
        """A test by another interpreter, started anew. Its report is a file that has no name before it is done."""
        settings = self.settings
        path = f"{SCRATCH}/.{os.urandom(16).hex()}"
        if settings.entry != "standardInput":
            texts = body if settings.entry == "script" else b"[" + b",".join(split_texts(body)) + b"]"
            head = "\n".join((path, settings.function, settings.entry, str(settings.output))) + "\n"
            body = head.encode() + texts
        child = Child(self, settings, fields, body)

        def run(say):
            os.execv(settings.command[0], settings.command)
        child.start(run)
        child.watch(None)
        child.finish()
        self.reply(child, read_report(path))

    def official_test(self, fields, body):
        settings = self.settings
        if self.official is None:
            self.official = child = Child(self, settings, fields, b"")
            child.stays = True

            def run(say):
                enter_interpreter(settings)
                sys.argv = ["main.py"]
                official_guard()
                program = OfficialProgram(settings)
                while True:
                    size = int.from_bytes(read_exactly(child.inbox, 4), "big")
                    say(program.answer(read_exactly(child.inbox, size)))
            child.start(run)
        child = self.official
        child.begin(fields, body)
        child.watch(child.has_answered)
        answer = child.answer()
        if child.status is None and child.reason is None:
            fields, errors = child.interim()
            if answer[:1] == b"S":
                text = split_texts(answer[1:])[0]
                return self.send(fields, [text, errors, b"S"])
            return self.send(fields, [b"", errors, answer])
        self.official = None
        child.finish()
        self.reply(child, answer)

    def compile(self, fields):
        """In a child as well: a source text can be made to use up time and memory, or to crash the compiler."""
        settings = self.settings
        child = Child(self, settings, fields, b"")

        def run(say):
            child_compile(settings, settings.source, b"", say)
        child.start(run)
        child.watch(None)
        child.finish()
        answer = child.answer()
        if child.reason is None and answer[:1] == b"M":
            self.blob = answer[1:]
        else:
            fields = child.outcome()
            fields["clean"] = 1
            self.failure = (fields, [b"", child.errors.data(), answer])

    def reply(self, child, answer):
        fields = child.outcome()
        fields["clean"] = 1 if wipe(SCRATCH) else 0
        self.send(fields, [child.output.data(), child.errors.data(), answer])


def read_report(path):
    """What lies at a path in the scratch folder, if it is a plain file. No process of the test is left to change it."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        facts = os.fstat(file)
        if facts.st_mode & 0o170000 != 0o100000 or facts.st_size > REPORT_BYTES:
            return b""
        parts = []
        while True:
            part = os.read(file, 1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
    finally:
        os.close(file)


def wipe(folder):
    """Empties the scratch folder. Gives up on what was made to be hard to remove: the sandbox is replaced then."""
    budget = 20000
    try:
        pending = [(folder, False)]
        while pending:
            path, is_empty = pending.pop()
            if is_empty:
                os.rmdir(path)
                continue
            if path != folder:
                pending.append((path, True))
                os.chmod(path, 0o700)
            with os.scandir(path) as entries:
                for entry in entries:
                    budget -= 1
                    if budget < 0:
                        return False
                    if entry.is_dir(follow_symlinks=False):
                        pending.append((entry.path, False))
                    else:
                        os.unlink(entry.path)
        return True
    except (OSError, UnicodeError, ValueError):
        return False


if __name__ == "__main__":
    Driver().run()
