#!/usr/bin/env python3
"""Writes the Avro fixtures with the reference implementations, fastavro and avro.

    python3 -m venv /tmp/avro && /tmp/avro/bin/pip install fastavro avro cramjam backports.zstd
    /tmp/avro/bin/python Fixtures/avro/generate.py

Each NAME.CODEC.avro has its values in NAME.json: {"schema", "canonicalForm", "fingerprint", "values"}, the values in
the specification's JSON encoding (a union's value is {"branch": value}; bytes are text with code points 0 to 255;
NaN and the infinities are strings). Sync markers are fixed, so the files are the same each time.
"""

import json
import math
import pathlib

import avro.datafile
import avro.io
import avro.schema
import fastavro

FOLDER = pathlib.Path(__file__).resolve().parent
CODECS = ["null", "deflate", "snappy", "zstandard"]

SCHEMAS = {
    "event": {
        "type": "record", "name": "Event", "namespace": "com.example.events",
        "fields": [{"name": "userId", "type": "string"}, {"name": "duration", "type": "int"}],
    },
    "everything": {
        "type": "record", "name": "Everything", "namespace": "org.example", "doc": "one field of each type",
        "fields": [
            {"name": "nothing", "type": "null"},
            {"name": "yes", "type": "boolean"},
            {"name": "count", "type": "int", "default": 1},
            {"name": "total", "type": "long"},
            {"name": "ratio", "type": "float"},
            {"name": "precise", "type": "double"},
            {"name": "raw", "type": "bytes"},
            {"name": "text", "type": "string"},
            {"name": "suit", "type": {"type": "enum", "name": "Suit", "symbols": ["SPADES", "HEARTS"], "default": "SPADES"}},
            {"name": "digest", "type": {"type": "fixed", "name": "Digest", "size": 4}},
            {"name": "list", "type": {"type": "array", "items": "long"}},
            {"name": "table", "type": {"type": "map", "values": {"type": "array", "items": "Suit"}}},
            {"name": "maybe", "type": ["null", "string", {"type": "array", "items": "int"}, "Digest"], "default": None},
            {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [{"name": "suit", "type": "Suit"}]}},
            {"name": "again", "type": "Inner"},
        ],
    },
    "list": {
        "type": "record", "name": "Node", "aliases": ["Cell"],
        "fields": [{"name": "value", "type": "int"}, {"name": "next", "type": ["null", "Node"]}],
    },
    "logical": {
        "type": "record", "name": "Logical",
        "fields": [
            {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
            {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
            {"name": "day", "type": {"type": "int", "logicalType": "date"}},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {"name": "span", "type": {"type": "fixed", "name": "Span", "size": 12, "logicalType": "duration"}},
        ],
    },
    "empty-record": {"type": "record", "name": "Nothing", "fields": []},
    "no-rows": {"type": "record", "name": "Never", "fields": [{"name": "a", "type": "int"}]},
    "bare-int": "int",
    "bare-null": "null",
    "bare-bytes": "bytes",
    "bare-string": "string",
    "bare-array": {"type": "array", "items": "string"},
    "bare-map": {"type": "map", "values": "double"},
    "bare-union": ["null", "int", "string"],
    "namespaces": {
        "type": "record", "name": "a.b.Outer",
        "fields": [
            {"name": "x", "type": {"type": "enum", "name": "Colour", "symbols": ["RED"]}},
            {"name": "y", "type": {"type": "record", "name": "Other", "namespace": "c.d", "fields": [
                {"name": "z", "type": "a.b.Colour"},
                {"name": "self", "type": ["null", "Other"]},
            ]}},
        ],
    },
}

EVERYTHING = {
    "nothing": None, "yes": True, "count": -(2**31), "total": 2**63 - 1, "ratio": 0.5, "precise": 0.1,
    "raw": bytes(range(250, 256)), "text": "héllo \U0001f600\x00", "suit": "HEARTS", "digest": b"\x00\xff\x7f\x80",
    "list": [0, -1, 1, 63, 64, -64, -65, 8191, 8192, -(2**63)], "table": {"a": ["SPADES"], "": []},
    "maybe": None, "inner": {"suit": "SPADES"}, "again": {"suit": "HEARTS"},
}


def node(depth):
    return None if depth == 0 else {"value": depth, "next": node(depth - 1)}


VALUES = {
    "event": [{"userId": f"user{i % 7}", "duration": 10 + 37 * i % 191} for i in range(40)],
    "everything": [
        EVERYTHING,
        EVERYTHING | {"yes": False, "ratio": math.inf, "precise": -math.inf, "maybe": "text", "list": [], "table": {}},
        EVERYTHING | {"ratio": math.nan, "precise": -0.0, "maybe": [1, 2], "raw": b"", "text": ""},
        EVERYTHING | {"precise": 5e-324, "maybe": ("org.example.Digest", b"abcd"), "count": 2**31 - 1, "total": -(2**63)},
    ],
    "list": [node(1), node(20)],
    "logical": [{"price": b"\x04\xd2", "id": "0b3c1f0e-0000-4000-8000-000000000001", "day": 19000, "at": 1700000000000,
                 "span": bytes(range(12))}],
    "empty-record": [{}] * 3,
    "no-rows": [],
    "bare-int": [0, 1, -1, 2**31 - 1, -(2**31)],
    "bare-null": [None] * 5,
    "bare-bytes": [b"", b"\x00", b"\xff" * 70],
    "bare-string": ["", "a", "x" * 70],
    "bare-array": [[], ["a"], ["b"] * 70],
    "bare-map": [{}, {"a": 1.5, "b": -2.0}],
    "bare-union": [None, 3, "three"],
    "namespaces": [{"x": "RED", "y": {"z": "RED", "self": {"z": "RED", "self": None}}}],
}


PYTHON_TYPES = {"null": type(None), "boolean": bool, "int": int, "long": int, "float": float, "double": float,
                "bytes": bytes, "string": str, "array": list, "map": dict, "record": dict, "enum": str, "fixed": bytes}


def to_json(value, schema, names, namespace=""):
    """The specification's JSON encoding. A tuple names the branch of a union that a value belongs to."""
    if isinstance(schema, str) and schema not in PYTHON_TYPES:
        return to_json(value, names[schema if "." in schema or not namespace else f"{namespace}.{schema}"], names, namespace)
    if isinstance(schema, list):
        return union_to_json(value, schema, names, namespace)
    kind = schema if isinstance(schema, str) else schema["type"]
    if kind in ("record", "enum", "fixed"):
        full, namespace = full_name(schema, namespace)
        names[full] = schema
    if kind == "record":
        return {f["name"]: to_json(value[f["name"]], f["type"], names, namespace) for f in schema["fields"]}
    if kind == "array":
        return [to_json(item, schema["items"], names, namespace) for item in value]
    if kind == "map":
        return {key: to_json(item, schema["values"], names, namespace) for key, item in value.items()}
    if kind in ("bytes", "fixed"):
        return value.decode("latin-1")
    if kind in ("float", "double") and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return to_json(value, kind, names, namespace) if isinstance(kind, (dict, list)) else value


def union_to_json(value, branches, names, namespace):
    wanted, value = value if isinstance(value, tuple) else (None, value)
    for branch in branches:
        known = branch if not isinstance(branch, str) or branch in PYTHON_TYPES else names[
            branch if "." in branch or not namespace else f"{namespace}.{branch}"]
        kind = known if isinstance(known, str) else known["type"]
        name = full_name(known, namespace)[0] if kind in ("record", "enum", "fixed") else kind
        if wanted == name or wanted is None and type(value) is PYTHON_TYPES[kind]:
            return None if value is None else {name: to_json(value, branch, names, namespace)}
    raise ValueError(f"{value!r} fits none of {branches}")


def full_name(schema, namespace):
    name = schema["name"]
    if "." in name:
        return name, name.rpartition(".")[0]
    namespace = schema.get("namespace", namespace)
    return (f"{namespace}.{name}" if namespace else name), namespace


def write_json(name, schema, values):
    canonical = fastavro.schema.to_parsing_canonical_form(schema)
    document = {
        "schema": schema, "canonicalForm": canonical,
        "fingerprint": fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"),
        "values": [to_json(value, schema, {}) for value in values],
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False) + "\n")


def write_with_avro(path, schema, values, codec):
    avro.datafile.randbytes = lambda count: bytes(range(count))
    parsed = avro.schema.parse(json.dumps(schema))
    with open(path, "wb") as file:
        writer = avro.datafile.DataFileWriter(file, avro.io.DatumWriter(), parsed, codec=codec)
        for value in values:
            writer.append(value)
        writer.close()


def main():
    for name, schema in SCHEMAS.items():
        values = VALUES[name]
        write_json(name, schema, values)
        codecs = CODECS if name in ("event", "everything") else ["null", "deflate"] if name == "list" else ["null"]
        for codec in codecs:
            with open(FOLDER / f"{name}.{codec}.avro", "wb") as file:
                fastavro.writer(
                    file, fastavro.parse_schema(schema), values, codec=codec, sync_marker=bytes(range(16)),
                    sync_interval=160 if name == "event" else 16000)
    for codec in ("null", "deflate"):
        write_with_avro(FOLDER / f"event-avro.{codec}.avro", SCHEMAS["event"], VALUES["event"], codec)


if __name__ == "__main__":
    main()
