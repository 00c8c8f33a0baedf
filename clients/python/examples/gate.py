#!/usr/bin/env python3
"""Runs a suite and fails when a model is not good enough: a gate for continuous integration.

    python gate.py sorting local/smollm2 --min-score 0.8
    python gate.py events-codegen openai/gpt-5.1 --min-score 0.9 --sure --option 'sizes=[100,1000]'

Exit codes: 0 every model passed, 1 something could not be measured, 2 wrong usage, 100 a score is too low, 130
interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Tuple

from llmbench_client import Client, LLMBenchError, ModelSummary, Progress, RunOptions


def option(text: str) -> Tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run a suite and gate on its scores.")
    parser.add_argument("suite")
    parser.add_argument("models", nargs="+", metavar="PROVIDER/MODEL")
    parser.add_argument("--min-score", type=float, required=True, metavar="X", help="smallest score that passes, 0…1")
    parser.add_argument("--sure", action="store_true", help="demand that the whole 95 %% interval is above it")
    parser.add_argument("--option", type=option, action="append", default=[], metavar="NAME=VALUE", help="of the suite")
    parser.add_argument("--base-url", help="of local/ and openai-compatible/ models")
    parser.add_argument("--connect", metavar="ADDRESS", help="use a running server instead of starting one")
    return parser.parse_args()


def verdict(model: ModelSummary, minimum: float, sure: bool) -> int:
    """Prints a line and gives the exit code that the model alone would lead to."""
    if model.score is None or model.low is None or model.high is None:
        print(f"ERROR  {model.model}: nothing could be scored, {model.errors} errors")
        return 1
    passed = (model.low if sure else model.score) >= minimum
    print(
        f"{'PASS ' if passed else 'FAIL '}  {model.model}: {model.score:.3f}, "
        f"95 % interval {model.low:.3f} to {model.high:.3f}, n = {model.n}, needs {minimum:.3f}"
    )
    # The errors are the provider's or the server's, not the model's: it was judged by the rest.
    if model.errors or model.missing:
        print(f"ERROR  {model.model}: {model.errors + model.missing} samples were not answered")
        return 1
    return 0 if passed else 100


def show(progress: Progress) -> None:
    print(progress, file=sys.stderr)


def main() -> int:
    wanted = arguments()
    options: RunOptions = {"options": dict(wanted.option)} if wanted.option else {}
    if wanted.base_url:
        options["base_url"] = wanted.base_url
    with Client.connect(wanted.connect) if wanted.connect else Client.spawn() as bench:
        run = bench.run(wanted.suite, wanted.models, on_progress=show, **options)
    codes = [verdict(model, wanted.min_score, wanted.sure) for model in run.models]
    if run.status != "completed":
        print(f"ERROR  run {run.run_id}: {run.status}. {run.message or ''}")
        codes.append(1)
    return 1 if 1 in codes or not codes else max(codes)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (LLMBenchError, ValueError) as error:
        print(f"ERROR  {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
