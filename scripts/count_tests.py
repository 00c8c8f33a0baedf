"""Prints 'N passed, N failed, N skipped' for the result file that `swift test --xunit-output` wrote."""

import sys
import xml.etree.ElementTree as ElementTree


def main() -> None:
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for case in ElementTree.parse(sys.argv[1]).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            totals["failed"] += 1
        elif case.find("skipped") is not None:
            totals["skipped"] += 1
        else:
            totals["passed"] += 1
    print(", ".join(f"{count} {kind}" for kind, count in totals.items()))


if __name__ == "__main__":
    main()
