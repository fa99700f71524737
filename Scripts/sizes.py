#!/usr/bin/env python3
"""Refuses functions over 60 lines (25 in RiskControl and order state) and files over 500; prints the distribution."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
START = re.compile(r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate|static|final|mutating|"
                   r"override|nonisolated|convenience|required|borrowing|consuming)(?:\(set\))?\s+)*"
                   r"(?:func\s+[\w`+\-*/<>=!]+|init\b[?!]?\s*[(<]|deinit\b|subscript\s*[(<])")
STRICT = ("Sources/Trading/RiskControl/", "Sources/Trading/Execution/Orders/")


def without_text(line):
    """The line without string contents and comments, so that their braces do not count."""
    line = re.sub(r'"(?:\\.|[^"\\])*"', '""', line)
    return line.split("//")[0]


def functions(lines):
    """Yields (first line number, length) of each function, from its signature to its closing brace."""
    index = 0
    while index < len(lines):
        if not START.match(lines[index]):
            index += 1
            continue
        depth, opened, end = 0, False, index
        while end < len(lines):
            code = without_text(lines[end])
            depth += code.count("{") - code.count("}")
            opened = opened or "{" in code
            if opened and depth <= 0:
                break
            if not opened and end > index and START.match(lines[end]):
                break
            end += 1
        if opened:
            yield index + 1, end - index + 1
        index += 1


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def main():
    lengths, sizes, refused = [], [], []
    for path in sorted(ROOT.glob("Sources/**/*.swift")):
        name = str(path.relative_to(ROOT))
        lines = path.read_text().splitlines()
        sizes.append(len(lines))
        if len(lines) > 500:
            refused.append(f"{name}: {len(lines)} lines (at most 500)")
        limit = 25 if name.startswith(STRICT) else 60
        for line, length in functions(lines):
            lengths.append(length)
            if length > limit:
                refused.append(f"{name}:{line}: a function of {length} lines (at most {limit})")
    print(f"{len(sizes)} files, {sum(sizes)} lines; file median {percentile(sizes, .5)}, p90 {percentile(sizes, .9)}, "
          f"max {max(sizes, default=0)}; function median {percentile(lengths, .5)}, p90 {percentile(lengths, .9)}, "
          f"max {max(lengths, default=0)}")
    for line in refused:
        print(line)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
