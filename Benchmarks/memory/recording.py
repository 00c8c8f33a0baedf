"""Writes a recording of right answers to the samples of the `sorting` suite, without a model and without llmbench.

It makes the lists as the suite does (`SortingPlan`, `SeededGenerator`): a run that meets another prompt ends with errors,
and the benchmark says so.
"""

import hashlib
from pathlib import Path

MASK = (1 << 64) - 1
SEED = 7
SMALLEST, LARGEST = 1, 10_000


def rotated(word: int, count: int) -> int:
    return ((word << count) | (word >> (64 - count))) & MASK


class Generator:
    """xoshiro256** for one named stream of a seed."""

    def __init__(self, seed: int, stream: str):
        name = 0xCBF29CE484222325
        for byte in stream.encode():
            name = ((name ^ byte) * 0x100000001B3) & MASK
        mixer = seed ^ name
        self.state = []
        for _ in range(4):
            mixer = (mixer + 0x9E3779B97F4A7C15) & MASK
            word = ((mixer ^ (mixer >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(word ^ (word >> 31))

    def next(self) -> int:
        state = self.state
        result = (rotated((state[1] * 5) & MASK, 7) * 9) & MASK
        shifted = (state[1] << 17) & MASK
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= shifted
        state[3] = rotated(state[3], 45)
        return result

    def below(self, bound: int) -> int:
        product = self.next() * bound
        threshold = (1 << 64) % bound
        while product & MASK < threshold:
            product = self.next() * bound
        return product >> 64


def numbers(size: int, index: int) -> list[int]:
    generator = Generator(SEED, f"sorting/size={size}/{index}")
    return [SMALLEST + generator.below(LARGEST - SMALLEST + 1) for _ in range(size)]


def request_hash(values: list[int]) -> str:
    prompt = (f"Put these {len(values)} integers in ascending order. Keep every number, repeated ones as often as they "
              "occur.\\nAnswer with the sorted JSON array of integers alone: no explanation, no code.\\n\\n"
              f"[{', '.join(map(str, values))}]")
    request = '{"messages":[{"role":"user","content":"' + prompt + '"}],"temperature":0.0}'
    return hashlib.sha256(request.encode()).hexdigest()


def write(path: Path, size: int, samples: int, epochs: int) -> None:
    """Every tenth answer is wrong, and latencies spread, so that summaries have something to add up."""
    with open(path, "w") as file:
        file.write('{"format":"llmbench-recording","version":1,"model":"local/sorter",'
                   '"createdAt":"2026-01-01T00:00:00Z","program":"Benchmarks/memory"}\n')
        for index in range(1, samples + 1):
            values = numbers(size, index)
            name = request_hash(values)
            for epoch in range(1, epochs + 1):
                answer = sorted(values, reverse=(index + epoch) % 10 == 0)
                latency = 0.1 + (index * 7919 % 100_003) / 1e5
                file.write(f'{{"requestHash":"{name}","sampleId":"size={size}/{index}","epoch":{epoch},'
                           f'"response":{{"text":"[{", ".join(map(str, answer))}]","stopReason":"stop",'
                           '"usage":{"promptTokens":60,"completionTokens":12},'
                           f'"timings":{{"latencySeconds":{latency:.5f}}}}}}}\n')
