"""Times polars over an event file. One JSON object on stdout; the import and a first run are not counted.

    python polars_worker.py FILE REPEAT
"""

import json
import sys
import time

import polars


def run(path):
    start = time.perf_counter()
    frame = polars.read_avro(path)
    result = (
        frame.filter(polars.col("duration") >= 50)
        .group_by("userId")
        .agg(polars.len().alias("count"), polars.col("duration").mean().alias("average"))
        .sort("userId")
    )
    return time.perf_counter() - start, result


path, repeat = sys.argv[1], int(sys.argv[2])
first, result = run(path)
seconds = [run(path)[0] for _ in range(repeat)]
groups = [{"id": row["userId"], "count": row["count"], "average": row["average"]} for row in result.to_dicts()]
print(json.dumps({"first": first, "best": min(seconds), "groups": groups}))
