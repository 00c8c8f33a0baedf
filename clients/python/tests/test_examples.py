"""The examples, as a person runs them."""

import os
import subprocess
import sys
import threading
import unittest

from support import PACKAGE, PATIENCE, RECORDED_RUN, RECORDING, Proxy, TestCase, eventually, program

from llmbench_client import Client

EXAMPLES = PACKAGE / "examples"


class ExampleTestCase(TestCase):
    def start(self, name, *arguments):
        environment = {
            **os.environ, **self.spawn_options["env"], "LLMBENCH": program(), "PYTHONPATH": str(PACKAGE)
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, str(EXAMPLES / name), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
        self.addCleanup(process.kill)
        return process

    def run_example(self, name, *arguments):
        process = self.start(name, *arguments)
        out, err = process.communicate(timeout=PATIENCE)
        return process.returncode, out, err


class GateTests(ExampleTestCase):
    def gate(self, *arguments):
        return self.run_example("gate.py", "events-codegen", RECORDING, "--option", "sizes=[100]", *arguments)

    def test_a_good_model_passes(self):
        code, out, err = self.gate("--min-score", "0.9")
        self.assertEqual(code, 0, err)
        self.assertRegex(out, r"PASS .*: 1\.000, 95 % interval 0\.\d+ to 1\.000, n = 1, needs 0\.900")
        self.assertIn("1 of 1, 100 %", err)

    def test_one_answer_is_not_enough_to_be_sure(self):
        code, out, err = self.gate("--min-score", "0.9", "--sure")
        self.assertEqual(code, 100, err)
        self.assertIn("FAIL", out)

    def test_a_bad_model_fails(self):
        model = self.model(quick=3)
        options = ["--base-url", model.base_url, "--option", "sizes=[5]", "--option", "samples=3"]
        code, out, err = self.run_example("gate.py", "sorting", "openai-compatible/x", "--min-score", "0.5", *options)
        self.assertEqual(code, 100, err)
        self.assertRegex(out, r"FAIL .*: 0\.\d+, .* n = 3")

    def test_what_could_not_be_measured_is_neither(self):
        missing = "replay/" + str(self.folder / "none.jsonl")
        code, out, err = self.run_example("gate.py", "events-codegen", missing, "--min-score", "0.5")
        self.assertEqual(code, 1, out + err)
        self.assertIn("ERROR", out + err)
        code, out, err = self.run_example("gate.py", "nope", "local/x", "--min-score", "0.5")
        self.assertEqual(code, 1, out + err)
        self.assertIn("nope", err)

    def test_on_a_running_server(self):
        code, out, err = self.gate("--min-score", "0.9", "--connect", self.listen().address)
        self.assertEqual(code, 0, out + err)


class WatchTests(ExampleTestCase):
    def setUp(self):
        super().setUp()
        self.listener = self.listen()
        self.bench = Client.connect(self.listener.address, timeout=PATIENCE)
        self.addCleanup(self.bench.close)
        if "benchmark.attach" not in self.bench.server.methods:
            raise unittest.SkipTest("this server has no benchmark.attach")

    def test_a_recorded_run(self):
        run = self.bench.run(**RECORDED_RUN)
        code, out, err = self.run_example("watch.py", self.listener.address)
        self.assertEqual(code, 0, err)
        self.assertIn("#1 ", out)
        self.assertIn(f"Run {run.run_id} completed.", out)
        self.assertIn("1.000", out)

    def test_a_connection_that_is_cut(self):
        model, proxy = self.model(quick=2), Proxy(self.listener.address)
        self.addCleanup(proxy.stop)
        run = self.bench.run(**model.run(4), detached=True)
        model.wait_until_asked()
        process = self.start("watch.py", proxy.address, run.run_id)
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(iter(process.stdout.readline, "")), daemon=True)
        reader.start()
        eventually(lambda: len(lines) == 2 or process.poll() is not None, "the first samples are shown")
        proxy.cut()
        model.released.set()
        code = process.wait(PATIENCE)
        reader.join(PATIENCE)
        with process.stderr:
            err = process.stderr.read()
        process.stdout.close()
        self.assertEqual(code, 0, err)
        self.assertIn("closed the connection", err)
        shown = [line.split()[0] for line in lines if line.startswith("#")]
        self.assertEqual(shown, ["#1", "#2", "#3", "#4"], "each sample once")

    def test_a_server_that_is_gone(self):
        self.listener.kill()
        code, out, err = self.run_example("watch.py", self.listener.address, "--attempts", "1")
        self.assertEqual(code, 1)
        self.assertIn("llmbench serve", err)


if __name__ == "__main__":
    unittest.main()
