"""The protocol without a server: framing, matching, and a peer that does what the real one never would."""

import datetime
import json
import pathlib
import unittest

import support  # noqa: F401  (finds the package)
from llmbench_client import _protocol, errors, types
from llmbench_client._calls import Pages
from llmbench_client._launch import Tail, parse_address, server_command
from llmbench_client._protocol import Call, Event, LineDecoder, Protocol, Request


class Probe(Request):
    """A request that keeps what it is told."""

    def __init__(self, method="m", params=None, **options):
        super().__init__(Call(method, params or {}, lambda result: result, **options), None)
        self.events = []

    def deliver(self, event: Event):
        self.events.append(event)
        if event.is_last:
            self.settle(event)


def send(protocol, *requests):
    for request in requests:
        protocol.submit(request)
    return sent(protocol)


def sent(protocol):
    return [json.loads(line) for line in protocol.take_outgoing().splitlines()]


def answer(protocol, id, result=None, **members):
    message = {"jsonrpc": "2.0", "id": id, **members}
    if "error" not in message:
        message["result"] = result
    protocol.receive(json.dumps(message).encode() + b"\n")


BUSY = {"code": 1001, "message": "busy", "data": {"kind": "serverBusy", "retryAfterMilliseconds": 100}}


class FramingTests(unittest.TestCase):
    def test_every_split_of_a_stream_gives_the_same_lines(self):
        stream = '{"a":"ü"}\n\r\n{"b":1}\r\n{"c":2}\n'.encode()
        for cut in range(len(stream) + 1):
            decoder = LineDecoder()
            lines = decoder.feed(stream[:cut]) + decoder.feed(stream[cut:])
            self.assertEqual([json.loads(line) for line in lines], [{"a": "ü"}, {"b": 1}, {"c": 2}], f"cut at {cut}")

    def test_a_stream_may_come_byte_by_byte(self):
        decoder = LineDecoder()
        lines = [line for byte in b'{"a":1}\n{"b":2}\n' for line in decoder.feed(bytes([byte]))]
        self.assertEqual(lines, [b'{"a":1}', b'{"b":2}'])

    def test_a_message_without_end_is_refused(self):
        decoder, chunk = LineDecoder(), b"x" * (8 << 20)
        with self.assertRaises(errors.ProtocolError):
            for _ in range(9):
                decoder.feed(chunk)

    def test_what_is_no_message_breaks_the_connection(self):
        for line in (b"Welcome!", b"[1]", b"3", b"{}", b'{"id":1}', b"\xff", b'{"a":' * 100_000):
            with self.assertRaises(errors.ProtocolError, msg=line[:20]):
                Protocol().receive(line + b"\n")

    def test_a_request_is_one_line_of_utf8(self):
        protocol = Protocol()
        protocol.submit(Probe(params={"text": "a\nb\u2028ü"}))
        line = protocol.take_outgoing()
        self.assertEqual(line.count(b"\n"), 1)
        self.assertIn("ü".encode(), line)
        self.assertEqual(json.loads(line)["params"], {"text": "a\nb\u2028ü"})

    def test_paths_and_times_are_written_as_text(self):
        moment = datetime.datetime(2026, 1, 31, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
        message = send(Protocol(), Probe(params={"path": pathlib.PurePosixPath("a/b"), "since": moment}))[0]
        self.assertEqual(message["params"], {"path": "a/b", "since": "2026-01-31T08:00:00Z"})

    def test_what_json_cannot_hold_is_refused_before_anything_is_sent(self):
        deep = []
        for _ in range(100_000):
            deep = [deep]
        for value in (float("nan"), "\ud800", object(), b"bytes", {1, 2}, deep):
            protocol, request = Protocol(), Probe(params={"x": value})
            with self.assertRaises(errors.InvalidParams):
                protocol.submit(request)
            self.assertEqual(protocol.take_outgoing(), b"")
            self.assertEqual(send(protocol, Probe())[0]["id"], 1, "the id was not used up")


class MatchingTests(unittest.TestCase):
    def test_answers_find_their_requests_in_any_order(self):
        protocol, first, second = Protocol(), Probe(), Probe()
        send(protocol, first, second)
        answer(protocol, 2, "two")
        answer(protocol, 1, "one")
        self.assertEqual((first.value(), second.value()), ("one", "two"))

    def test_an_answer_that_nobody_asked_for_is_passed_over(self):
        protocol, request = Protocol(), Probe()
        send(protocol, request)
        for id in (7, "1", True, 1.0, [1], {}):
            answer(protocol, id, "wrong")
        self.assertEqual(request.events, [])
        answer(protocol, 1, "right")
        answer(protocol, 1, "again")
        self.assertEqual((len(request.events), request.value()), (1, "right"))

    def test_progress_and_samples_go_to_their_request_until_it_is_answered(self):
        protocol = Protocol()
        first, second = Probe(on_progress=print), Probe(on_progress=print, on_sample=print)
        messages = send(protocol, first, second)
        self.assertNotIn("partialResultToken", messages[0]["params"])
        work, part = messages[1]["params"]["workDoneToken"], messages[1]["params"]["partialResultToken"]

        def progress(token, value):
            message = {"jsonrpc": "2.0", "method": "$/progress", "params": {"token": token, "value": value}}
            protocol.receive(json.dumps(message).encode() + b"\n")

        progress(work, {"kind": "begin", "runId": "r1"})
        progress(part, {"sampleId": "s"})
        for odd in ("progress-99", "progress-x", "", 7, None, ["a"]):
            progress(odd, {"kind": "report"})
        progress(work, "no object")
        answer(protocol, 2, {})
        progress(work, {"kind": "report"})
        self.assertEqual([bool(event.progress) for event in second.events], [True, False, False])
        self.assertEqual((second.events[1].sample, second.run_id), ({"sampleId": "s"}, "r1"))
        self.assertEqual(first.events, [])

    def test_notifications_and_requests_of_the_server_do_no_harm(self):
        protocol = Protocol()
        protocol.receive(b'{"jsonrpc":"2.0","method":"window/logMessage","params":{}}\n')
        protocol.receive(b'{"jsonrpc":"2.0","id":"s","method":"window/workDoneProgress/create"}\n')
        self.assertEqual([(m["id"], m["error"]["code"]) for m in sent(protocol)], [("s", -32601)])

    def test_a_refusal_without_an_id_is_that_of_the_only_request(self):
        protocol, request = Protocol(), Probe()
        send(protocol, request)
        answer(protocol, None, error={"code": -32600, "message": "too long"})
        with self.assertRaisesRegex(errors.LLMBenchError, "too long"):
            request.value()

    def test_a_refusal_without_an_id_among_several_requests_ends_the_connection(self):
        protocol = Protocol()
        send(protocol, Probe(), Probe())
        with self.assertRaisesRegex(errors.ProtocolError, "too long"):
            answer(protocol, None, error={"code": -32600, "message": "too long"})


class FlowTests(unittest.TestCase):
    def test_requests_wait_while_too_many_are_under_way(self):
        protocol, requests = Protocol(), [Probe() for _ in range(_protocol.WINDOW + 2)]
        self.assertEqual(len(send(protocol, *requests)), _protocol.WINDOW)
        answer(protocol, 1)
        self.assertEqual([message["id"] for message in sent(protocol)], [_protocol.WINDOW + 1])

    def test_a_waiting_request_is_cancelled_without_being_sent(self):
        protocol, requests = Protocol(), [Probe() for _ in range(_protocol.WINDOW + 1)]
        send(protocol, *requests)
        protocol.cancel(requests[-1])
        self.assertRaises(errors.Cancelled, requests[-1].value)
        answer(protocol, 1)
        self.assertEqual(sent(protocol), [])

    def test_a_request_is_cancelled_once(self):
        protocol, request = Protocol(), Probe()
        send(protocol, request)
        protocol.cancel(request)
        protocol.cancel(request)
        self.assertEqual([m["method"] for m in sent(protocol)], ["$/cancelRequest"])
        answer(protocol, 1)
        protocol.cancel(request)
        self.assertEqual(sent(protocol), [])

    def test_a_busy_server_is_asked_again_when_it_has_answered_something(self):
        protocol, first, second = Protocol(), Probe(), Probe()
        send(protocol, first, second)
        answer(protocol, 2, error=BUSY)
        self.assertEqual((second.events, sent(protocol)), ([], []))
        answer(protocol, 1)
        self.assertEqual([message["id"] for message in sent(protocol)], [2])
        answer(protocol, 2, "done")
        self.assertEqual(second.value(), "done")

    def test_a_server_that_is_busy_with_others_says_so(self):
        protocol, request = Protocol(), Probe()
        send(protocol, request)
        answer(protocol, 1, error=BUSY)
        with self.assertRaises(errors.ServerBusy) as raised:
            request.value()
        self.assertEqual(raised.exception.retry_after, 0.1)

    def test_the_end_reaches_every_request_and_the_first_reason_stays(self):
        protocol, requests = Protocol(), [Probe(method="benchmark.run") for _ in range(_protocol.WINDOW + 1)]
        send(protocol, *requests)
        requests[0].run_id = "r1"
        protocol.end(errors.ConnectionLost("It is gone."))
        protocol.end(errors.ProtocolError("Too late."))
        for request in requests:
            with self.assertRaisesRegex(errors.ConnectionLost, "It is gone"):
                request.value()
        with self.assertRaisesRegex(errors.ConnectionLost, r'resume\("r1"\)'):
            requests[0].value()
        with self.assertRaisesRegex(errors.ConnectionLost, "It is gone"):
            protocol.submit(Probe())


class ErrorTests(unittest.TestCase):
    def test_an_error_keeps_all_that_the_server_said(self):
        wire = {"code": 1104, "message": "No such run", "data": {"kind": "runNotFound", "runId": "x"}}
        error = errors.error_from_wire(wire)
        self.assertIsInstance(error, errors.NotFound)
        self.assertEqual((error.code, error.kind, error.data["runId"]), (1104, "runNotFound", "x"))

    def test_odd_errors_are_still_errors(self):
        for wire in (
            None,
            3,
            {},
            {"code": "x"},
            {"code": True},
            {"code": 1, "data": [1]},
            {"message": 3, "data": {"kind": 4}},
        ):
            self.assertIsInstance(errors.error_from_wire(wire), errors.LLMBenchError, wire)
        self.assertEqual(errors.error_from_wire({"code": 9999, "message": "new"}).code, 9999)

    def test_a_timeout_is_a_timeout_error(self):
        self.assertTrue(issubclass(errors.RequestTimeout, TimeoutError))
        self.assertEqual(str(errors.RequestTimeout("late")), "late")


class DecodingTests(unittest.TestCase):
    def test_new_members_are_kept_and_missing_ones_have_defaults(self):
        run = types.decode(
            types.RunSummary, {"runId": "r", "futureMember": [1], "models": [{"model": "m", "score": None}]}
        )
        self.assertEqual((run.run_id, run.raw["futureMember"], run.status), ("r", [1], ""))
        self.assertEqual((run.models[0].model, run.models[0].score, run.models[0].groups), ("m", None, []))

    def test_null_is_as_good_as_absent(self):
        run = types.decode(types.RunSummary, {"models": None, "request": None, "plannedSamples": None})
        self.assertEqual((run.models, run.request, run.planned_samples), ([], {}, 0))

    def test_names_of_several_words_and_acronyms(self):
        cliff = types.decode(types.CliffFit, {"sizeAt50": 1.5, "sizeAt95Low": 2.5})
        self.assertEqual((cliff.size_at_50, cliff.size_at_95_low), (1.5, 2.5))
        provider = types.decode(types.Provider, {"baseURL": "u", "baseURLVariable": "v", "keyIsSet": False})
        self.assertEqual((provider.base_url, provider.base_url_variable, provider.key_is_set), ("u", "v", False))
        self.assertEqual(types.decode(types.ModelSummary, {"costUSD": 0.5}).cost_usd, 0.5)

    def test_another_shape_is_a_protocol_error(self):
        for value in (None, [], "x", 3, {"models": {}}, {"models": [3]}):
            with self.assertRaises(errors.ProtocolError, msg=value):
                types.decode(types.RunSummary, value)

    def test_progress_reads_as_a_line(self):
        wire = {
            "kind": "report",
            "message": "12 of 30",
            "percentage": 40,
            "passed": 9,
            "errors": 1,
            "remainingSeconds": 12.4,
        }
        self.assertEqual(str(types.decode(types.Progress, wire)), "12 of 30, 40 %, 9 passed, 1 errors, 12 s left")


class PagesTests(unittest.TestCase):
    def pages(self, limit=None):
        return Pages(Call("results.query", {"suite": "s"}, lambda result: result["items"]), limit, page_size=4)

    def test_cursors_are_followed_to_the_end(self):
        pages = self.pages()
        first = pages.next_call()
        self.assertEqual(first.params, {"suite": "s", "limit": 4})
        self.assertEqual(first.decode({"items": [1, 2], "nextCursor": "c"}), [1, 2])
        second = pages.next_call()
        self.assertEqual(second.params, {"suite": "s", "limit": 4, "cursor": "c"})
        second.decode({"items": [3], "nextCursor": None})
        self.assertIsNone(pages.next_call())

    def test_no_more_is_asked_for_than_wanted(self):
        pages = self.pages(limit=6)
        pages.next_call().decode({"items": [1, 2, 3, 4], "nextCursor": "c"})
        last = pages.next_call()
        self.assertEqual(last.params["limit"], 2)
        self.assertEqual(last.decode({"items": [5, 6, 7], "nextCursor": "d"}), [5, 6])
        self.assertIsNone(pages.next_call())
        self.assertIsNone(self.pages(limit=0).next_call())

    def test_a_server_that_leads_in_circles_is_left(self):
        for second in ({"items": [], "nextCursor": "d"}, {"items": [1], "nextCursor": "c"}):
            pages = self.pages()
            pages.next_call().decode({"items": [1], "nextCursor": "c"})
            pages.next_call().decode(second)
            self.assertIsNone(pages.next_call(), second)

    def test_pages_shrink_down_to_one_item(self):
        pages, sizes = self.pages(), []
        while pages.shrink():
            sizes.append(pages.next_call().params["limit"])
        self.assertEqual(sizes, [2, 1])


class LaunchTests(unittest.TestCase):
    def test_addresses(self):
        for text, place in {
            "tcp://127.0.0.1:7077": ("127.0.0.1", 7077),
            "localhost:1": ("localhost", 1),
            ":7077": ("127.0.0.1", 7077),
            "tcp://[::1]:7077": ("::1", 7077),
            "unix:///run/a b.sock": "/run/a b.sock",
            "unix:relative.sock": "relative.sock",
        }.items():
            self.assertEqual(parse_address(text), place)

    def test_what_is_no_address_is_refused(self):
        for text in ("", "host", "tcp://host", "http://host:80", "::1:7", "h:99999", "h:-1", "h:x", "unix://", "h:²"):
            with self.assertRaisesRegex(ValueError, "tcp://HOST:PORT", msg=text):
                parse_address(text)

    def test_a_program_that_is_not_there_is_told_with_what_to_do(self):
        for command in ("/no/such/llmbench", ["no-such-llmbench"], [], ""):
            with self.assertRaises(errors.ServerNotFound):
                server_command(command, [])
        with self.assertRaisesRegex(errors.ServerNotFound, "LLMBENCH"):
            server_command("/no/such/llmbench", [])

    def test_the_tail_of_standard_error_is_bounded(self):
        tail = Tail(limit=10)
        for _ in range(1000):
            tail.add(b"abc")
        tail.add(b"xyz\n")
        self.assertTrue(tail.text().endswith("xyz"))
        self.assertLessEqual(len(tail.text()), 10)


if __name__ == "__main__":
    unittest.main()
