"""Client against the real server."""

import os
import pathlib
import signal
import subprocess
import sys
import textwrap
import threading
import unittest

from support import PACKAGE, PATIENCE, RECORDED_RUN, TestCase, eventually, is_alive, program, quiet_log

import llmbench_client
from llmbench_client import Client


class SpawnTests(TestCase):
    def test_a_run_with_progress_and_samples(self):
        progress, samples, threads = [], [], set()

        def note(sample):
            samples.append(sample)
            threads.add(threading.current_thread())

        with Client.spawn(**self.spawn_options) as bench:
            run = bench.run(**RECORDED_RUN, on_progress=progress.append, on_sample=note)
        self.assertEqual((run.status, run.suite, run.completed_samples), ("completed", "events-codegen", 1))
        model = run.models[0]
        self.assertEqual((model.score, model.n, model.passed), (1.0, 1, 1))
        self.assertLess(model.low, model.high)
        self.assertEqual(model.groups[0].value, 100)
        self.assertEqual([progress[0].kind, progress[-1].kind], ["begin", "end"])
        self.assertEqual(progress[-2].completed, 1)
        self.assertEqual([sample.outcome for sample in samples], ["passed"])
        self.assertEqual((samples[0].run_id, samples[0].parts[0].outcome), (run.run_id, "passed"))
        self.assertEqual(threads, {threading.current_thread()}, "callbacks run in the thread that waits")

    def test_the_environment_names_the_program(self):
        before = os.environ.get("LLMBENCH")
        self.addCleanup(lambda: os.environ.pop("LLMBENCH") if before is None else os.environ.update(LLMBENCH=before))
        os.environ["LLMBENCH"] = program()
        options = {**self.spawn_options, "command": None}
        with Client.spawn(**options) as bench:
            self.assertEqual(bench.server.name, "llmbench")
        os.environ["LLMBENCH"] = "/no/such/program"
        with self.assertRaisesRegex(llmbench_client.ServerNotFound, "/no/such/program.*LLMBENCH"):
            Client.spawn(**options)

    def test_a_program_that_cannot_be_started(self):
        file = self.folder / "broken"
        file.write_text("no program")
        file.chmod(0o700)
        with self.assertRaisesRegex(llmbench_client.ServerNotFound, "broken cannot be started"):
            Client.spawn(file)

    def test_another_folder_and_more_arguments(self):
        other = self.folder / "other.sqlite"
        arguments = ["--database", str(other)]
        with Client.spawn(**self.spawn_options, arguments=arguments, cwd=str(self.folder)) as bench:
            files = bench.generate_data([10], output="data", seed=1)
            self.assertEqual(list(bench.runs()), [])
        self.assertTrue((self.folder / "data" / pathlib.Path(files[0].path).name).exists())
        self.assertTrue(other.exists())

    def test_the_server_ends_with_the_client(self):
        with Client.spawn(**self.spawn_options) as bench:
            pid = bench._stream.pid
            self.assertTrue(is_alive(pid))
        self.assertEqual(bench._stream._process.returncode, 0, "after shutdown and exit")
        bench.close()
        with self.assertRaisesRegex(llmbench_client.ConnectionLost, "closed"):
            bench.suites()

    def test_the_server_ends_with_the_client_during_a_run(self):
        model = self.model()
        with Client.spawn(**self.spawn_options) as bench:
            handle = bench.start(**model.run())
            model.wait_until_asked()
        self.assertFalse(is_alive(bench._stream.pid))
        self.assertTrue(handle.done())
        with self.assertRaises((llmbench_client.Cancelled, llmbench_client.ConnectionLost)):
            handle.result()

    def test_the_server_ends_when_the_program_is_killed(self):
        code = textwrap.dedent(f"""
            import sys, time; sys.path.insert(0, {str(PACKAGE)!r})
            from llmbench_client import Client
            bench = Client.spawn({program()!r})
            print(bench._stream.pid, flush=True)
            time.sleep(600)
        """)
        environment = {**os.environ, **self.spawn_options["env"]}
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment)
        with process.stdout:
            server = int(process.stdout.readline())
        process.kill()
        process.wait()
        eventually(lambda: not is_alive(server), "the server ended")


class MethodTests(TestCase):
    def test_every_method_of_the_server_has_one_here(self):
        own = {
            "initialize": "server", "shutdown": "close", "rpc.discover": "discover",
            "benchmark.list": "suites", "benchmark.plan": "plan", "benchmark.run": "run", "benchmark.resume": "resume",
            "benchmark.attach": "attach", "benchmark.cancel": "cancel_run",
            "benchmark.rescore": "rescore", "benchmark.check": "check_suite",
            "data.generate": "generate_data", "data.process": "process_data", "data.records": "read_data",
            "data.check": "check_dataset", "data.fetch": "fetch_dataset", "code.grade": "grade_answers",
            "code.execute": "execute_code", "validate.vue": "validate_vue", "results.query": "runs", "results.get": "summary",
            "tokens.count": "count_tokens", "code.execute": "execute_code", "results.query": "runs", "results.get": "summary",
            "data.encode": "encode_data", "data.decode": "decode_data",
            "data.datasets": "datasets", "data.dataset": "dataset", "validate.answer": "validate_answer",
            "code.execute": "execute_code", "results.query": "runs", "results.get": "summary",
            "results.samples": "samples", "report.render": "report",
            "results.compare": "compare", "results.trends": "trends",
            "results.costs": "costs", "results.models": "stored_models", "results.revision": "revision", "results.export": "export_runs",
            "results.import": "import_runs", "models.inspect": "inspect_model", "models.list": "providers", "system.doctor": "doctor",
            "gpu.sample": "read_gpu", "gpu.watch": "watch_gpu",
        }  # fmt: skip
        with Client.spawn(**self.spawn_options) as bench:
            self.assertLessEqual(set(bench.server.methods), set(own))
            for name in own.values():
                self.assertTrue(hasattr(bench, name) and hasattr(llmbench_client.AsyncClient, name) or name == "server")

    def test_a_dataset_its_questions_and_the_judge_of_answers(self):
        with Client.spawn(**self.spawn_options) as bench:
            self.assertIn("nested", [dataset["name"] for dataset in bench.datasets()])
            nested = bench.dataset("nested", rows=3, seed=12345)
            self.assertEqual(len(nested["value"]["orders"]), 3)
            question = nested["questions"][0]
            verdict = bench.validate_answer(question["kind"], question["expected"], question["expected"])
            self.assertTrue(verdict["match"])
            verdict = bench.validate_answer("integer", 5, "Of 5 orders 3 are open.")
            self.assertEqual((verdict["match"], verdict["reason"]), (False, "severalValues"))
            self.assertTrue(bench.validate_answer("integer", 5, "Of 5 orders 3 are open.", mode="lenient")["match"])

    def test_suites_plan_providers_and_doctor(self):
        with Client.spawn(**self.spawn_options) as bench:
            suites = {suite.name: suite for suite in bench.suites()}
            self.assertEqual(set(suites), set(bench.server.suites))
            self.assertIn("sizes", [option.name for option in suites["sorting"].options])
            plan = bench.plan("sorting", ["local/x"], options={"sizes": [5], "samples": 3}, epochs=2)
            self.assertEqual((plan.models[0].model, plan.models[0].samples), ("local/x", 6))
            self.assertIn("OPENAI_API_KEY", [provider.key_variable for provider in bench.providers()])
            self.assertLessEqual({check.status for check in bench.doctor()}, {"ok", "warning", "missing"})

    def test_gpu_readings_come_one_by_one(self):
        card = self.folder / "sys/class/drm/card0/device"
        card.mkdir(parents=True)
        for name, text in {"vendor": "0x1002", "product_name": "Made up", "gpu_busy_percent": "50"}.items():
            (card / name).write_text(text + "\n")
        environment = {**self.spawn_options["env"], "LLMBENCH_GPU": "amdgpu", "LLMBENCH_SYSFS": str(self.folder / "sys")}
        readings = []
        with Client.spawn(**{**self.spawn_options, "env": environment}) as bench:
            self.assertEqual(bench.read_gpu()["devices"][0]["utilization"], 0.5)
            self.assertEqual(bench.watch_gpu(3, interval=0.02, on_reading=readings.append)["readings"], 3)
        self.assertEqual([reading["source"] for reading in readings], ["amdgpu"] * 3)

    def test_data(self):
        progress = []
        with Client.spawn(**self.spawn_options) as bench:
            file = bench.generate_data(
                [1000], output=self.folder / "data", codec="deflate", users=5, on_progress=progress.append
            )[0]
            self.assertEqual(file.rows, 1000)
            result = bench.process_data(pathlib.Path(file.path), threshold=50, on_progress=progress.append)
            self.assertEqual((result.rows, len(result.groups)), (1000, 5))
            self.assertGreater(result.groups[0].average, 50)
            page = bench.read_data(file.path, limit=2, offset=998)
            self.assertEqual((page.total, page.codec, len(page.records)), (1000, "deflate", 2))
        self.assertEqual([item.kind for item in progress if item.kind != "report"], ["begin", "end"] * 2)

    def test_tokens(self):
        with Client.spawn(**self.spawn_options) as bench:
            counted = bench.count_tokens("Hello, world!", include_token_ids=True)
            self.assertEqual((counted.tokens, counted.encoding, counted.is_estimate), (4, "o200k_base", False))
            self.assertEqual(counted.token_ids, [13225, 11, 2375, 0])
            file = self.folder / "text.txt"
            file.write_bytes(b"hello world" + bytes([255]))
            self.assertEqual(bench.count_tokens(path=file).replaced_parts, 1)
            messages = [{"role": "user", "content": "hello world"}]
            self.assertTrue(bench.count_tokens(messages=messages, model="anthropic/claude-opus-4-8").is_estimate)

    def test_code(self):
        with Client.spawn(**self.spawn_options) as bench:
            done = bench.execute_code("python", "print(input()[::-1])", stdin="hi", limits={"wallSeconds": 20})
        self.assertEqual((done.verdict, done.exit_code, done.standard_output), ("ok", 0, "ih\n"))

    def test_stored_runs_are_found_page_by_page(self):
        ids = self.store(3)
        with Client.spawn(**self.spawn_options) as bench:
            pages = llmbench_client._calls.runs()
            pages._page_size = 2
            self.assertEqual([run.run_id for run in bench._iterate(pages)], ids[::-1])
            self.assertEqual([run.run_id for run in bench.runs(suite="events-codegen", limit=2)], ids[:0:-1])
            self.assertEqual(list(bench.runs(status="failed")), [])
            first = bench.summary(ids[0])
            self.assertEqual(first.run_id, ids[0])
            self.assertEqual([run.run_id for run in bench.runs(until=first.started_at)], [])
            self.assertEqual(bench.summary().run_id, ids[-1])
            samples = list(bench.samples(ids[0], outcome="passed"))
            self.assertEqual([(sample.run_id, sample.epoch) for sample in samples], [(ids[0], 1)])
            self.assertIn(ids[0], bench.report(ids[:2]))
            self.assertTrue(bench.report(ids[0], format="csv").count("\n") > 1)

    def test_runs_are_compared_and_carried_elsewhere(self):
        ids = self.store(2)
        with Client.spawn(**self.spawn_options) as bench:
            compared = bench.compare(ids, limit=0)
            self.assertEqual([side["runId"] for side in compared["sides"]], ids)
            self.assertEqual(compared["pairs"][0]["difference"], 0)
            series = bench.trends(suite=compared["suite"], days=1)["series"]
            self.assertEqual([point["runId"] for point in series[0]["points"]], ids)
            before = bench.revision()
            self.assertEqual(bench.revision(), before)
            self.assertEqual([model["runs"] for model in bench.stored_models()], [2])
            self.assertEqual((bench.costs()["runs"], bench.costs(suite="other")["runs"]), (2, 0))
            text = bench.export_runs(ids)
            self.assertEqual(bench.import_runs(text), {run: "alreadyStored" for run in ids})
            self.assertEqual(bench.import_runs(text, replace=True), {run: "replaced" for run in ids})
            path = pathlib.Path(self.folder, "runs.jsonl")
            self.assertEqual(bench.export_runs(ids[0], path=path), "")
            self.assertEqual(path.read_text().count("\n"), 2 + 1 + len(list(bench.samples(ids[0]))))

    def test_samples_come_page_by_page(self):
        model = self.model(quick=7)
        with Client.spawn(**self.spawn_options) as bench:
            run = bench.run(**model.run(7))
            pages = llmbench_client._calls.samples(run.run_id)
            pages._page_size = 3
            samples = list(bench._iterate(pages))
        self.assertEqual(len({sample.sample_id for sample in samples}), 7)

    def test_any_method_by_its_name(self):
        with Client.spawn(**self.spawn_options) as bench:
            result = bench.call("benchmark.plan", suite="sorting", models=["local/x"], options={"samples": 1})
            self.assertEqual(result["suite"], "sorting")
            self.assertEqual(
                bench.submit("benchmark.list").result(PATIENCE)["suites"][0]["name"], bench.server.suites[0]
            )

    def test_large_messages(self):
        text = "ü" * (2 << 20)
        with Client.spawn(**self.spawn_options) as bench:
            with self.assertRaises(llmbench_client.NotFound):
                bench.summary(text)
            file = bench.generate_data([50_000], output=self.folder)[0]
            self.assertEqual(len(bench.read_data(file.path, limit=50_000).records), 50_000)


class ErrorTests(TestCase):
    def test_errors_by_kind(self):
        with Client.spawn(**self.spawn_options) as bench:
            for kind, cls, call in (
                ("runNotFound", llmbench_client.NotFound, lambda: bench.summary("nope")),
                ("unknownSuite", llmbench_client.NotFound, lambda: bench.plan("nope", ["local/x"])),
                ("unknownModel", llmbench_client.NotFound, lambda: bench.plan("sorting", ["nope"])),
                (
                    "invalidOption",
                    llmbench_client.InvalidParams,
                    lambda: bench.plan("sorting", ["local/x"], options={"x": 1}),
                ),
                ("fileNotFound", llmbench_client.NotFound, lambda: bench.process_data("/no/such/file")),
            ):
                with self.subTest(kind), self.assertRaises(cls) as raised:
                    call()
                self.assertEqual(raised.exception.kind, kind)
                self.assertTrue(raised.exception.message)
            with self.assertRaisesRegex(llmbench_client.InvalidParams, "typo") as raised:
                bench.plan("sorting", ["local/x"], typo=1)
            self.assertEqual(raised.exception.data["pointer"], "/typo")
            with self.assertRaises(llmbench_client.MethodNotFound) as raised:
                bench.call("no.such")
            self.assertEqual(raised.exception.code, -32601)
            self.assertEqual(bench.call("benchmark.list")["suites"][0]["name"], bench.server.suites[0], "it goes on")

    def test_a_message_that_is_too_large_fails_alone(self):
        with Client.spawn(**self.spawn_options) as bench:
            with self.assertRaisesRegex(llmbench_client.LLMBenchError, "at most"):
                bench.summary("x" * (17 << 20))
            self.assertTrue(bench.suites())

    def test_a_single_model_is_not_taken_for_a_list_of_letters(self):
        with Client.spawn(**self.spawn_options) as bench:
            with self.assertRaisesRegex(llmbench_client.InvalidParams, r"\['local/x'\]"):
                bench.plan("sorting", "local/x")

    def test_callbacks_that_raise_do_no_harm(self):
        def fail(_):
            raise RuntimeError("a bug in a progress bar")

        with Client.spawn(**self.spawn_options) as bench:
            with quiet_log() as logs:
                run = bench.run(**RECORDED_RUN, on_progress=fail, on_sample=fail)
            self.assertEqual(run.status, "completed")
            self.assertIn("a bug in a progress bar", logs.output[0])
            self.assertTrue(bench.suites())

    def test_a_callback_that_ends_its_thread_does_not_leave_the_others_waiting(self):
        def leave(_):
            raise SystemExit

        with Client.spawn(**self.spawn_options) as bench, quiet_log():
            self.assertEqual(bench.start(**RECORDED_RUN, on_progress=leave).result(PATIENCE).status, "completed")

    def test_callbacks_may_use_the_client(self):
        seen = []
        with Client.spawn(**self.spawn_options) as bench:
            look = lambda sample: seen.append(bench.summary(sample.run_id).run_id)  # noqa: E731
            bench.run(**RECORDED_RUN, on_sample=look)
            bench.start(**RECORDED_RUN, on_sample=look).result(PATIENCE)
        self.assertEqual(len(seen), 2)


class CancelTests(TestCase):
    def test_a_run_is_cancelled_and_resumed(self):
        model, samples = self.model(quick=2), []
        with Client.spawn(**self.spawn_options) as bench:
            handle = bench.start(**model.run(4), on_sample=samples.append)
            model.wait_until_asked()
            with self.assertRaises(llmbench_client.RequestTimeout):
                handle.result(timeout=0.01)
            self.assertFalse(handle.done())
            handle.cancel()
            handle.cancel()
            with self.assertRaises(llmbench_client.Cancelled) as raised:
                handle.result(PATIENCE)
            error = raised.exception
            self.assertEqual((error.code, error.kind, error.data["runId"]), (-32800, "cancelled", handle.run_id))
            self.assertEqual(error.data["completedSamples"], 2)
            self.assertEqual([sample.outcome for sample in samples[:2]], ["failed", "failed"])
            self.assertEqual(bench.summary(handle.run_id).status, "cancelled")
            model.released.set()
            run = bench.resume(handle.run_id, on_progress=lambda _: None)
            self.assertEqual((run.status, run.completed_samples), ("completed", 4))

    def test_a_run_whose_time_is_up_is_cancelled(self):
        model = self.model()
        with Client.spawn(**self.spawn_options) as bench:
            for callbacks in ({}, {"on_progress": lambda _: None}):
                with self.assertRaisesRegex(llmbench_client.RequestTimeout, "benchmark.run was not done within 0.3 s"):
                    bench.run(**model.run(), **callbacks, timeout=0.3)
                eventually(lambda: next(bench.runs(limit=1)).status == "cancelled", "the run is cancelled")
            with self.assertRaisesRegex(llmbench_client.RequestTimeout, "cancelled"):
                bench.start(**model.run(), timeout=0.1).result(PATIENCE)
            bench.timeout = 0.1
            with self.assertRaises(llmbench_client.RequestTimeout):
                bench.call("benchmark.run", **model.wire_run())

    def test_ctrl_c_cancels_the_run(self):
        model = self.model()
        code = textwrap.dedent(f"""
            import sys; sys.path.insert(0, {str(PACKAGE)!r})
            from llmbench_client import Client, Cancelled
            with Client.spawn({program()!r}) as bench:
                try:
                    bench.run(**{model.run()!r}, CALLBACK)
                except KeyboardInterrupt:
                    print("interrupted", flush=True)
                while bench.summary().status == "running":
                    pass
                print(bench.summary().status, flush=True)
        """)
        for callback in ("", "on_progress=lambda _: None"):
            process = subprocess.Popen(
                [sys.executable, "-c", code.replace("CALLBACK", callback)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, **self.spawn_options["env"]},
                start_new_session=True,
            )
            model.wait_until_asked()
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
            out, err = process.communicate(timeout=PATIENCE)
            self.assertEqual((out.split(), process.returncode), ([b"interrupted", b"cancelled"], 0), err)


class ThreadTests(TestCase):
    def test_a_thousand_pipelined_calls(self):
        with Client.spawn(**self.spawn_options) as bench:
            handles = [bench.submit("results.get", runId=f"run-{number}") for number in range(1000)]
            for number, handle in enumerate(handles):
                with self.assertRaises(llmbench_client.NotFound) as raised:
                    handle.result(PATIENCE)
                self.assertEqual(raised.exception.data["runId"], f"run-{number}")

    def test_a_thousand_calls_to_a_server_that_takes_few_at_once(self):
        command = self.script(
            """
import threading
lock, waiting = threading.Lock(), []
def answer(id, **members):
    print(json.dumps({"jsonrpc": "2.0", "id": id, **members}), flush=True)
def work():
    while True:
        time.sleep(0.005)
        with lock:
            while waiting:
                answer(waiting.pop(), result=None)
threading.Thread(target=work, daemon=True).start()
for line in sys.stdin:
    message = json.loads(line)
    with lock:
        if message["method"] == "initialize":
            answer(message["id"], result={"serverInfo": {"name": "x"}, "capabilities": {}})
        elif "id" in message and len(waiting) < 10:
            waiting.append(message["id"])
        elif "id" in message:
            answer(message["id"], error={"code": 1001, "message": "busy", "data": {"kind": "serverBusy"}})
"""
        )
        with Client.spawn(command, timeout=PATIENCE) as bench:
            handles = [bench.submit("m") for _ in range(1000)]
            for handle in handles:
                self.assertIsNone(handle.result(PATIENCE))

    def test_eight_threads_share_a_client(self):
        failures = []

        def work(bench, number):
            try:
                for turn in range(50):
                    name = f"thread-{number}-{turn}"
                    try:
                        bench.summary(name)
                    except llmbench_client.NotFound as error:
                        assert error.data["runId"] == name, error.data
                progress = []
                run = bench.run(**RECORDED_RUN, on_progress=progress.append)
                assert {item.run_id for item in progress if item.run_id} == {run.run_id}
                assert bench.summary(run.run_id).status == "completed"
            except BaseException as error:
                failures.append(error)

        with Client.spawn(**self.spawn_options) as bench:
            threads = [threading.Thread(target=work, args=(bench, number)) for number in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE)
            self.assertEqual(failures, [])
            self.assertFalse(any(thread.is_alive() for thread in threads))
            self.assertEqual(len(list(bench.runs())), 8)


class LossTests(TestCase):
    def test_a_server_that_is_killed_during_a_run(self):
        model, other = self.model(quick=1), self.model()
        with Client.spawn(**self.spawn_options) as bench:
            first, second = threading.Event(), bench.submit("benchmark.run", **other.wire_run())
            handle = bench.start(**model.run(), on_sample=lambda _: first.set())
            model.wait_until_asked()
            self.assertTrue(first.wait(PATIENCE))
            os.kill(bench._stream.pid, signal.SIGKILL)
            with self.assertRaisesRegex(llmbench_client.ConnectionLost, "SIGKILL") as raised:
                handle.result(PATIENCE)
            self.assertEqual(raised.exception.data["exitCode"], -signal.SIGKILL)
            self.assertIn("benchmark.run", str(raised.exception))
            self.assertRaises(llmbench_client.ConnectionLost, second.result, PATIENCE)
            self.assertRaises(llmbench_client.ConnectionLost, bench.suites)

    def test_the_last_words_of_a_server_are_in_the_error(self):
        words = "sys.stderr.write('x' * 200_000 + ' the disk is on fire'); sys.exit(3)"
        command = self.script(words)
        with self.assertRaisesRegex(llmbench_client.ConnectionLost, "exit code 3") as raised:
            Client.spawn(command, stderr="capture")
        self.assertIn("the disk is on fire", str(raised.exception))
        self.assertLess(len(str(raised.exception)), 20_000)
        with self.assertRaisesRegex(llmbench_client.ConnectionLost, "exit code 3"):
            Client.spawn(command, stderr="discard")
        with self.assertRaisesRegex(ValueError, "capture"):
            Client.spawn(command, stderr="loud")

    def test_standard_error_is_passed_through_by_default(self):
        code = f"import sys; sys.path.insert(0, {str(PACKAGE)!r}); from llmbench_client import *\n"
        code += (
            f"try: Client.spawn({self.script('sys.stderr.write(chr(97) * 300_000)')!r})\nexcept ConnectionLost: pass"
        )
        done = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, timeout=PATIENCE)
        self.assertEqual(done.stderr, b"a" * 300_000)

    def test_garbage_on_standard_output(self):
        for output, words in (
            (r"print('Welcome to bash!')", "Welcome to bash!"),
            (r"os.write(1, b'\xff\xfe\n')", "no message"),
        ):
            command = self.script(output + "\nsys.stdout.flush(); sys.stdin.read()")
            with self.assertRaisesRegex(llmbench_client.ProtocolError, words):
                Client.spawn(command)

    def test_garbage_later_ends_what_is_under_way_and_the_server(self):
        command = self.script(
            """
line = json.loads(sys.stdin.readline())
print(json.dumps({"jsonrpc": "2.0", "id": line["id"], "result": {"serverInfo": {"name": "x"}, "capabilities": {}}}), flush=True)
sys.stdin.readline(), sys.stdin.readline()
print("Segmentation fault", flush=True)
sys.stdin.read()
"""
        )
        with Client.spawn(command) as bench:
            with self.assertRaisesRegex(llmbench_client.ProtocolError, "Segmentation fault"):
                bench.suites()
            eventually(lambda: bench._stream._process.poll() is not None, "the server is gone")

    def test_a_server_that_does_not_want_to_end_is_made_to(self):
        command = self.script(
            """
signal.signal(signal.SIGTERM, signal.SIG_IGN)
line = json.loads(sys.stdin.readline())
print(json.dumps({"jsonrpc": "2.0", "id": line["id"], "result": {"serverInfo": {"name": "x"}, "capabilities": {}}}), flush=True)
while True:
    time.sleep(60)
"""
        )
        launch, streams, client = llmbench_client._launch, llmbench_client._streams, llmbench_client._client
        for module, name in ((client, "EXIT_SECONDS"), (streams, "EXIT_SECONDS"), (streams, "TERMINATE_SECONDS")):
            self.addCleanup(setattr, module, name, getattr(launch, name))
            setattr(module, name, 0.2)
        bench = Client.spawn(command)
        handle = bench.submit("benchmark.list", text="x" * (1 << 20))  # more than a pipe holds: the writing is stuck
        bench.close()
        self.assertEqual(bench._stream._process.returncode, -signal.SIGKILL)
        self.assertRaises(llmbench_client.ConnectionLost, handle.result, 1)

    def test_a_result_of_another_shape_is_told(self):
        command = self.script(
            """
for line in sys.stdin:
    message = json.loads(line)
    result = {"serverInfo": {"name": "x"}, "capabilities": {}} if message["method"] == "initialize" else [3]
    if "id" in message:
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
"""
        )
        with Client.spawn(command) as bench:
            for call in (bench.suites, bench.summary, lambda: list(bench.samples()), lambda: bench.report("x")):
                self.assertRaises(llmbench_client.ProtocolError, call)
            self.assertEqual(bench.call("anything"), [3])


class ConnectTests(TestCase):
    def test_tcp(self):
        port_file = self.folder / "port"
        listener = self.listen("--tcp", "127.0.0.1:0", "--port-file", str(port_file))
        with Client.connect(f"tcp://127.0.0.1:{port_file.read_text().strip()}", timeout=PATIENCE) as bench:
            run = bench.run(**RECORDED_RUN, on_progress=lambda _: None)
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            self.assertEqual(bench.summary().run_id, run.run_id)

    def test_unix_socket(self):
        listener = self.listen("--socket", str(self.folder / "s.sock"))
        self.assertTrue(listener.address.startswith("unix:///"))
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            self.assertEqual(bench.run(**RECORDED_RUN).status, "completed")

    def test_token(self):
        token = "a-token-of-enough-characters"
        listener = self.listen(token=token)
        with Client.connect(listener.address, token=token, timeout=PATIENCE) as bench:
            self.assertTrue(bench.suites())
        with self.assertRaisesRegex(llmbench_client.Unauthorized, "LLMBENCH_TOKEN"):
            Client.connect(listener.address, token="wrong", timeout=PATIENCE)
        with self.assertRaises(llmbench_client.Unauthorized):
            Client.connect(listener.address, token="", timeout=PATIENCE)
        before = os.environ.pop("LLMBENCH_TOKEN", None)
        self.addCleanup(
            lambda: os.environ.update(LLMBENCH_TOKEN=before) if before else os.environ.pop("LLMBENCH_TOKEN")
        )
        os.environ["LLMBENCH_TOKEN"] = token
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            self.assertTrue(bench.suites())

    def test_nobody_listens(self):
        listener = self.listen()
        listener.kill()
        for address in (listener.address, f"unix://{self.folder}/none.sock", "tcp://name.invalid:1"):
            with self.assertRaisesRegex(llmbench_client.ConnectionLost, "serve"):
                Client.connect(address, timeout=PATIENCE)

    def test_a_lost_connection_ends_what_is_under_way(self):
        listener, model = self.listen(), self.model()
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            handle = bench.start(**model.run(), on_progress=lambda _: None)
            model.wait_until_asked()
            listener.kill()
            with self.assertRaisesRegex(llmbench_client.ConnectionLost, "resume") as raised:
                handle.result(PATIENCE)
            self.assertIn(handle.run_id, str(raised.exception))

    def test_a_detached_run_outlives_the_connection(self):
        listener, model = self.listen(), self.model()
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            run = bench.run(**model.run(2), detached=True)
            self.assertEqual(run.status, "running")
            model.wait_until_asked()
        model.released.set()
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            eventually(lambda: bench.summary(run.run_id).status == "completed", "the run completes")

    def test_a_closed_connection_cancels_its_runs(self):
        listener, model = self.listen(), self.model()
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            handle = bench.start(**model.run())
            model.wait_until_asked()
        self.assertRaises(llmbench_client.ConnectionLost, handle.result, PATIENCE)
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            eventually(lambda: bench.summary().status == "cancelled", "the run is cancelled")


def needs(bench, method):
    if method not in bench.server.methods:
        raise unittest.SkipTest(f"this server has no {method}")


class AttachTests(TestCase):
    def test_a_second_client_watches_a_run_and_goes_on_where_it_was(self):
        listener, model = self.listen(), self.model(quick=2)
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            needs(bench, "benchmark.attach")
            run = bench.run(**model.run(4), detached=True)
            model.wait_until_asked()
        first, second = [], []
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            handle = bench.start_attach(run.run_id, on_sample=first.append)
            eventually(lambda: len(first) == 2, "the stored samples are replayed")
            handle.cancel()
            self.assertRaises(llmbench_client.Cancelled, handle.result, PATIENCE)
            self.assertEqual(bench.summary(run.run_id).status, "running", "only the watching was cancelled")
        self.assertEqual([sample.sequence for sample in first], [1, 2])
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            progress = []
            handle = bench.start_attach(
                run.run_id, after_sequence=first[-1].sequence, on_sample=second.append, on_progress=progress.append
            )
            model.released.set()
            self.assertEqual(handle.result(PATIENCE).status, "completed")
            self.assertEqual([sample.sequence for sample in second], [3, 4])
            self.assertEqual(progress[-1].kind, "end")
            again = []
            self.assertEqual(bench.attach(run.run_id, after_sequence=3, on_sample=again.append).status, "completed")
            self.assertEqual([sample.sequence for sample in again], [4])

    def test_anybody_can_stop_a_run(self):
        listener, model = self.listen(), self.model()
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            needs(bench, "benchmark.cancel")
            run = bench.run(**model.run(), detached=True)
            model.wait_until_asked()
        with Client.connect(listener.address, timeout=PATIENCE) as bench:
            self.assertEqual(bench.cancel_run(run.run_id).status, "cancelled")

    def test_the_server_describes_itself(self):
        with Client.spawn(**self.spawn_options) as bench:
            try:
                document = bench.discover()
            except llmbench_client.MethodNotFound:
                raise unittest.SkipTest("this server has no rpc.discover") from None
            self.assertLessEqual(set(bench.server.methods), {method["name"] for method in document["methods"]})


if __name__ == "__main__":
    unittest.main()
