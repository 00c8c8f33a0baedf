"""AsyncClient against the real server."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import unittest

from support import PACKAGE, PATIENCE, RECORDED_RUN, AsyncTestCase, is_alive, program, quiet_log

import llmbench_client
from llmbench_client import AsyncClient


async def eventually(condition, what):
    async def wait():
        while not await condition():
            await asyncio.sleep(0.01)

    try:
        await asyncio.wait_for(wait(), PATIENCE)
    except asyncio.TimeoutError:
        raise AssertionError(f"never: {what}") from None


async def asked(model):
    await asyncio.get_running_loop().run_in_executor(None, model.wait_until_asked)


class SpawnTests(AsyncTestCase):
    async def test_a_run_with_progress_and_samples(self):
        progress, samples = [], []

        async def note(sample):
            await asyncio.sleep(0.01)
            samples.append(sample)

        async with AsyncClient.spawn(**self.spawn_options) as bench:
            run = await bench.run(**RECORDED_RUN, on_progress=progress.append, on_sample=note)
        self.assertEqual((run.status, run.models[0].score), ("completed", 1.0))
        self.assertEqual([progress[0].kind, progress[-1].kind], ["begin", "end"])
        self.assertEqual([sample.outcome for sample in samples], ["passed"], "callbacks are done before the result")

    async def test_awaiting_a_client_opens_it(self):
        bench = await AsyncClient.spawn(**self.spawn_options)
        try:
            async with bench:
                self.assertTrue(await bench.suites())
        finally:
            await bench.close()
        self.assertFalse(is_alive(bench._stream.pid))
        self.assertEqual(bench._stream._process.returncode, 0, "after shutdown and exit")
        with self.assertRaisesRegex(llmbench_client.ConnectionLost, "closed"):
            await bench.suites()

    async def test_a_client_that_is_not_open_says_so(self):
        bench = AsyncClient.spawn(**self.spawn_options)
        with self.assertRaisesRegex(llmbench_client.LLMBenchError, "async with"):
            await bench.suites()
        await bench.close()

    async def test_a_program_that_is_not_there_or_cannot_be_started(self):
        with self.assertRaises(llmbench_client.ServerNotFound):
            AsyncClient.spawn("/no/such/llmbench")
        file = self.folder / "broken"
        file.write_text("no program")
        file.chmod(0o700)
        with self.assertRaisesRegex(llmbench_client.ServerNotFound, "broken cannot be started"):
            await AsyncClient.spawn(file)

    async def test_the_server_ends_with_the_client_during_a_run(self):
        model = self.model()
        async with AsyncClient.spawn(**self.spawn_options) as bench:
            handle = bench.start(**model.run(), on_progress=lambda _: None)
            await asked(model)
        self.assertFalse(is_alive(bench._stream.pid))
        with self.assertRaises((llmbench_client.Cancelled, llmbench_client.ConnectionLost)):
            await handle

    async def test_results_and_any_method(self):
        async with AsyncClient.spawn(**self.spawn_options) as bench:
            ids = [(await bench.run(**RECORDED_RUN)).run_id for _ in range(3)]
            pages = llmbench_client._calls.runs()
            pages._page_size = 2
            self.assertEqual([run.run_id async for run in bench._iterate(pages)], ids[::-1])
            self.assertEqual([run.run_id async for run in bench.runs(limit=1)], ids[2:])
            self.assertEqual([sample.outcome async for sample in bench.samples(ids[0])], ["passed"])
            self.assertIn(ids[0], await bench.report(ids[0]))
            self.assertEqual((await bench.call("results.get", runId="latest"))["runId"], ids[2])
            self.assertEqual((await bench.submit("results.get", runId="latest"))["runId"], ids[2])
            with self.assertRaises(llmbench_client.NotFound) as raised:
                await bench.summary("nope")
            self.assertEqual(raised.exception.kind, "runNotFound")


class CancelTests(AsyncTestCase):
    async def test_a_run_is_cancelled_and_resumed(self):
        model = self.model(quick=2)
        async with AsyncClient.spawn(**self.spawn_options) as bench:
            handle = bench.start(**model.run(4), on_sample=lambda _: None)
            await asked(model)
            with self.assertRaises(llmbench_client.RequestTimeout):
                await handle.result(timeout=0.01)
            self.assertFalse(handle.done())
            handle.cancel()
            with self.assertRaises(llmbench_client.Cancelled) as raised:
                await handle
            self.assertEqual(raised.exception.data["completedSamples"], 2)
            model.released.set()
            self.assertEqual((await bench.resume(handle.run_id)).completed_samples, 4)

    async def test_a_task_that_is_cancelled_cancels_its_request(self):
        model = self.model()
        async with AsyncClient.spawn(**self.spawn_options) as bench:
            task = asyncio.create_task(bench.run(**model.run()))
            await asked(model)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            await eventually(lambda: self.status(bench, "cancelled"), "the run is cancelled")
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(bench.run(**model.run(), on_progress=lambda _: None), 0.3)
            await eventually(lambda: self.status(bench, "cancelled"), "the second run is cancelled")
            with self.assertRaises(llmbench_client.RequestTimeout):
                await bench.run(**model.run(), timeout=0.3)
            await eventually(lambda: self.status(bench, "cancelled"), "the third run is cancelled")
            self.assertEqual(len([run async for run in bench.runs()]), 3)

    async def status(self, bench, status):
        runs = [run.status async for run in bench.runs(limit=1)]
        return runs == [status]

    async def test_ctrl_c_cancels_the_run(self):
        model = self.model()
        code = textwrap.dedent(f"""
            import asyncio, sys; sys.path.insert(0, {str(PACKAGE)!r})
            from llmbench_client import AsyncClient
            async def main():
                async with AsyncClient.spawn({program()!r}) as bench:
                    await bench.run(**{model.run()!r}, on_progress=lambda _: None)
            try:
                asyncio.run(main())
            except KeyboardInterrupt:
                print("interrupted", flush=True)
        """)
        process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **self.spawn_options["env"]},
            start_new_session=True,
        )
        await asked(model)
        os.killpg(process.pid, signal.SIGINT)
        out, err = await asyncio.get_running_loop().run_in_executor(None, lambda: process.communicate(timeout=PATIENCE))
        self.assertEqual((out.split(), process.returncode), ([b"interrupted"], 0), err)
        async with AsyncClient.spawn(**self.spawn_options) as bench:
            self.assertIn((await bench.summary()).status, ("cancelled", "interrupted"))


class CallbackTests(AsyncTestCase):
    async def test_callbacks_that_raise_do_no_harm(self):
        def fail(_):
            raise RuntimeError("a bug in a progress bar")

        async def fail_later(_):
            await asyncio.sleep(0)
            raise RuntimeError("a bug in a coroutine")

        async with AsyncClient.spawn(**self.spawn_options) as bench:
            with quiet_log() as logs:
                run = await bench.run(**RECORDED_RUN, on_progress=fail, on_sample=fail_later)
            self.assertEqual(run.status, "completed")
            self.assertIn("a bug in a progress bar", "".join(logs.output))
            self.assertIn("a bug in a coroutine", "".join(logs.output))
            self.assertTrue(await bench.suites())

    async def test_callbacks_may_use_the_client(self):
        seen = []
        async with AsyncClient.spawn(**self.spawn_options) as bench:

            async def look(sample):
                seen.append((await bench.summary(sample.run_id)).run_id)

            run = await bench.run(**RECORDED_RUN, on_sample=look)
        self.assertEqual(seen, [run.run_id])


class ManyCallsTests(AsyncTestCase):
    async def test_a_thousand_pipelined_calls(self):
        async with AsyncClient.spawn(**self.spawn_options) as bench:
            calls = (bench.call("results.get", runId=f"run-{number}") for number in range(1000))
            answers = await asyncio.gather(*calls, return_exceptions=True)
        self.assertEqual([error.data["runId"] for error in answers], [f"run-{number}" for number in range(1000)])

    async def test_large_messages(self):
        async with AsyncClient.spawn(**self.spawn_options) as bench:
            with self.assertRaises(llmbench_client.NotFound):
                await bench.summary("ü" * (2 << 20))
            file = (await bench.generate_data([50_000], output=self.folder))[0]
            self.assertEqual(len((await bench.read_data(file.path, limit=50_000)).records), 50_000)


class LossTests(AsyncTestCase):
    async def test_a_server_that_is_killed_during_a_run(self):
        model = self.model()
        async with AsyncClient.spawn(**self.spawn_options) as bench:
            handle = bench.start(**model.run(), on_progress=lambda _: None)
            await asked(model)
            os.kill(bench._stream.pid, signal.SIGKILL)
            with self.assertRaisesRegex(llmbench_client.ConnectionLost, "SIGKILL.*resume"):
                await handle
            with self.assertRaises(llmbench_client.ConnectionLost):
                await bench.suites()

    async def test_the_last_words_of_a_server_are_in_the_error(self):
        command = self.script("sys.stderr.write('x' * 200_000 + ' the disk is on fire'); sys.exit(3)")
        with self.assertRaisesRegex(llmbench_client.ConnectionLost, "exit code 3") as raised:
            await AsyncClient.spawn(command, stderr="capture")
        self.assertIn("the disk is on fire", str(raised.exception))

    async def test_garbage_on_standard_output(self):
        command = self.script("print('Welcome to bash!', flush=True); sys.stdin.read()")
        with self.assertRaisesRegex(llmbench_client.ProtocolError, "Welcome to bash!"):
            await AsyncClient.spawn(command)

    async def test_a_server_that_does_not_want_to_end_is_made_to(self):
        command = self.script(
            """
signal.signal(signal.SIGTERM, signal.SIG_IGN)
line = json.loads(sys.stdin.readline())
print(json.dumps({"jsonrpc": "2.0", "id": line["id"], "result": {"serverInfo": {"name": "x"}, "capabilities": {}}}), flush=True)
while True:
    time.sleep(60)
"""
        )
        module = llmbench_client._aio
        for name in ("EXIT_SECONDS", "TERMINATE_SECONDS"):
            self.addCleanup(setattr, module, name, getattr(module, name))
            setattr(module, name, 0.2)
        bench = await AsyncClient.spawn(command)
        handle = bench.submit("benchmark.list", text="x" * (1 << 20))  # more than a pipe holds: the writing is stuck
        await bench.close()
        self.assertEqual(bench._stream._process.returncode, -signal.SIGKILL)
        with self.assertRaises(llmbench_client.ConnectionLost):
            await handle

    async def test_closing_that_is_cancelled_leaves_no_server(self):
        command = self.script(
            """
line = json.loads(sys.stdin.readline())
print(json.dumps({"jsonrpc": "2.0", "id": line["id"], "result": {"serverInfo": {"name": "x"}, "capabilities": {}}}), flush=True)
while True:
    time.sleep(60)
"""
        )
        bench = await AsyncClient.spawn(command)
        with self.assertRaises(asyncio.TimeoutError):
            await asyncio.wait_for(bench.close(), 0.1)
        await eventually(lambda: self.gone(bench._stream.pid), "the server is gone")
        await bench.close()

    async def gone(self, pid):
        return not is_alive(pid)


class ConnectTests(AsyncTestCase):
    async def test_tcp_and_unix_socket(self):
        for arguments in (("--tcp", "127.0.0.1:0"), ("--socket", str(self.folder / "s.sock"))):
            listener = self.listen(*arguments)
            async with AsyncClient.connect(listener.address, timeout=PATIENCE) as bench:
                self.assertEqual((await bench.run(**RECORDED_RUN)).status, "completed")

    async def test_token(self):
        token = "a-token-of-enough-characters"
        listener = self.listen(token=token)
        async with AsyncClient.connect(listener.address, token=token, timeout=PATIENCE) as bench:
            self.assertTrue(await bench.suites())
        with self.assertRaisesRegex(llmbench_client.Unauthorized, "LLMBENCH_TOKEN"):
            await AsyncClient.connect(listener.address, token="wrong", timeout=PATIENCE)

    async def test_nobody_listens(self):
        listener = self.listen()
        listener.kill()
        for address in (listener.address, f"unix://{self.folder}/none.sock"):
            with self.assertRaisesRegex(llmbench_client.ConnectionLost, "serve"):
                await AsyncClient.connect(address, timeout=PATIENCE)
        with self.assertRaisesRegex(ValueError, "tcp://HOST:PORT"):
            AsyncClient.connect("http://127.0.0.1:80")

    async def test_a_lost_connection_ends_what_is_under_way(self):
        listener, model = self.listen(), self.model()
        async with AsyncClient.connect(listener.address, timeout=PATIENCE) as bench:
            handle = bench.start(**model.run(), on_progress=lambda _: None)
            await asked(model)
            listener.kill()
            with self.assertRaisesRegex(llmbench_client.ConnectionLost, "resume"):
                await handle

    async def test_a_second_client_watches_a_run_and_goes_on_where_it_was(self):
        listener, model = self.listen(), self.model(quick=2)
        first, second = [], []
        async with AsyncClient.connect(listener.address, timeout=PATIENCE) as bench:
            if "benchmark.attach" not in bench.server.methods:
                raise unittest.SkipTest("this server has no benchmark.attach")
            run = await bench.run(**model.run(4), detached=True)
            await asked(model)
            async with AsyncClient.connect(listener.address, timeout=PATIENCE) as other:
                watching = asyncio.create_task(other.attach(run.run_id, on_sample=first.append))
                await eventually(lambda: self.has(first, 2), "the stored samples are replayed")
                watching.cancel()
            handle = bench.start_attach(run.run_id, after_sequence=2, on_sample=second.append)
            model.released.set()
            self.assertEqual((await handle).status, "completed")
        self.assertEqual([[s.sequence for s in part] for part in (first, second)], [[1, 2], [3, 4]])

    async def has(self, items, count):
        return len(items) >= count


if __name__ == "__main__":
    unittest.main()
