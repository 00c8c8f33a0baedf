"""tiktoken with the vocabularies of this checkout, and texts to compare tokenizers with. Nothing is downloaded."""

import atexit
import base64
import hashlib
import os
import random
import shutil
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENCODINGS = {"o200k_base": 199_998, "cl100k_base": 100_256}


def published_vocabulary(name):
    """The file that tiktoken loads, made of Sources/CTokenizerData/NAME.merges; its form: scripts/make-tokenizer-data."""
    data = (ROOT / "Sources" / "CTokenizerData" / f"{name}.merges").read_bytes()
    tokens = [data[byte : byte + 1] for byte in range(256)]
    at, bits, available = 256, 0, 0
    for rank in range(256, ENCODINGS[name]):
        width = (rank - 1).bit_length()
        token = b""
        for _ in range(2):
            while available < width:
                bits |= data[at] << available
                at += 1
                available += 8
            token += tokens[bits & ((1 << width) - 1)]
            bits >>= width
            available -= width
        tokens.append(token)
    assert at == len(data)
    return b"".join(base64.b64encode(token) + b" %d\n" % rank for rank, token in enumerate(tokens))


FOLDER = tempfile.mkdtemp(prefix="llmbench-tiktoken-")
atexit.register(shutil.rmtree, FOLDER, True)


def temporary_file(name):
    """A path for a file that is gone when the program ends."""
    return str(Path(FOLDER) / name)


def load():
    """tiktoken's own encodings by name. It finds the vocabularies in a cache folder and checks their SHA-256."""
    for name in ENCODINGS:
        address = f"https://openaipublic.blob.core.windows.net/encodings/{name}.tiktoken"
        (Path(FOLDER) / hashlib.sha1(address.encode()).hexdigest()).write_bytes(published_vocabulary(name))
    os.environ["TIKTOKEN_CACHE_DIR"] = FOLDER
    import tiktoken

    return {name: tiktoken.get_encoding(name) for name in ENCODINGS}


WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2003\u2028\u2029\u202f\u205f\u3000\u200b\u180e"
CONTRACTIONS = ["'s", "'S", "'ſ", "'re", "'RE", "'ll", "'lL", "'d", "'ve", "'m", "'t", "'"]
SPECIAL = ["<|endoftext|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|endofprompt|>"]


class RandomTexts:
    """Random texts of several kinds, among them those that the rules for pieces have special cases for."""

    def __init__(self, seed, encodings):
        self.random = random.Random(seed)
        self.tokens = [encoding.token_byte_values() for encoding in encodings.values()]
        self.characters = {}
        for code in range(0x110000):
            if not 0xD800 <= code < 0xE000:
                self.characters.setdefault(unicodedata.category(chr(code)), []).append(chr(code))

    def text(self):
        kinds = [
            self.any_category, self.ascii, self.one_of_each, self.white_space, self.contractions, self.tokens_glued,
            self.letters, self.run, self.special, self.cases, self.few_letters, self.code_points,
        ]
        return self.random.choice(kinds)(min(int(self.random.expovariate(1 / 12)) + 1, 200))

    def many(self, choices, count):
        return "".join(self.random.choice(choices) for _ in range(count))

    def category(self, names):
        return self.random.choice(self.characters[self.random.choice(names)])

    def any_category(self, count):
        names = list(self.characters)
        return "".join(self.category(names) for _ in range(count))

    def ascii(self, count):
        return "".join(chr(self.random.randrange(32, 127)) for _ in range(count))

    def one_of_each(self, count):
        return self.many("aA '\n\r/.!0𝟘漢é\u0301ǅʰſsStTrReEvVlLdDmM\t", count)

    def white_space(self, count):
        return self.many(WHITE_SPACE + "aA1!\n\r", count)

    def contractions(self, count):
        return self.many(CONTRACTIONS + ["a", "A", "Ab", "\u0301", "漢", "1", " ", "\n"], count)

    def tokens_glued(self, count):
        tokens = self.random.choice(self.tokens)
        return b"".join(self.random.choice(tokens) for _ in range(min(count, 20))).decode("utf-8", "replace")

    def letters(self, count):
        return self.many("abcdefghijklmnopqrstuvwxyz", count * 3)

    def run(self, count):
        unit = self.random.choice(["a", "A", "漢", " ", "\n", "!", "=", "-", "é", "\u0301", "ab", "0", " \n", "aB", "<", "\0"])
        return unit * self.random.randrange(1, 300) + self.random.choice(["", "x", " ", "\n", "A"])

    def special(self, count):
        return self.many(SPECIAL + ["<|", "|>", "endoftext", "a", " ", "\n", "   ", "A"], min(count, 12))

    def cases(self, count):
        return "".join(self.category(["Lu", "Lt", "Lm", "Lo", "Mn", "Ll"]) for _ in range(count))

    def few_letters(self, count):
        letters = self.random.sample("abcdefghijklmnopqrstuvwxyzABCéàß", self.random.randrange(1, 4))
        return self.many(letters, count * 6)

    def code_points(self, count):
        codes = (self.random.randrange(self.random.choice([0x110000, 0x3000])) for _ in range(count))
        return "".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000)
