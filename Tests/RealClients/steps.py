"""What the Python clients share: the two runs, and what their progress must look like."""

import os
import threading

SECONDS = 60


def check(condition: bool, claim: str) -> None:
    if not condition:
        raise AssertionError(f"does not hold: {claim}")


def fast_run() -> dict:
    return {"suite": "sorting", "models": [os.environ["RECORDED_MODEL"]], "options": {"sizes": [5], "samples": 6},
            "workDoneToken": "fast"}


def slow_run() -> dict:
    return {"suite": "sorting", "models": ["openai-compatible/slow"], "baseURL": os.environ["SLOW_URL"],
            "options": {"sizes": [5], "samples": 4}, "concurrency": 1, "workDoneToken": "slow"}


class Progress:
    """The `$/progress` params as they came, and "answer" where an answer came between them."""

    def __init__(self):
        self._changed = threading.Condition()
        self._seen: list = []

    def add(self, params) -> None:
        with self._changed:
            self._seen.append(params)
            self._changed.notify_all()

    def values(self, token: str) -> list:
        with self._changed:
            return [params if params == "answer" else params["value"] for params in self._seen
                    if params == "answer" or params["token"] == token]

    def check_whole(self, token: str) -> None:
        """One begin, reports that grow, one end; all before the answer."""
        values = self.values(token)
        kinds = [value if value == "answer" else value["kind"] for value in values]
        check(kinds[0] == "begin" and kinds[-2:] == ["end", "answer"], f"begin first, end and answer last: {kinds}")
        check(len(kinds) > 3 and set(kinds[1:-2]) == {"report"}, f"reports between begin and end: {kinds}")
        counts = [value["completed"] for value in values[1:-2]]
        check(counts == sorted(counts) and counts[-1] == 6, f"the reports count up to all samples: {counts}")

    def wait_for_sample(self, token: str) -> None:
        def has_sample() -> bool:
            return any(params != "answer" and params["token"] == token and params["value"].get("completed") == 1
                       for params in self._seen)

        with self._changed:
            check(self._changed.wait_for(has_sample, SECONDS), "the slow run reports its first sample")
