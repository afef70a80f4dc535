"""Prints findings of `bilect check` for a person to judge, and tallies how many of those judged are true.

python benchmarks/truth.py CATALOG [--size 50] [--seed 2024] [--rule CODE_OR_NAME] [--new]
python benchmarks/truth.py CATALOG --false 3,17     keep what was judged: these are false, the others printed are true

A finding is true if a careful editor would change the text. What was judged is kept by a fingerprint of rule, context and
both texts, so that it lapses when a text changes; no text of a catalog is kept.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from pipeline.model import Finding
from pipeline.project.catalog_checks import checked_catalogs

JUDGED = Path(__file__).parent.parent / "tests" / "golden" / "judged.tsv"
HEADING = "catalog\tfingerprint\trule\tverdict\n"


def main() -> None:
    asked = arguments().parse_args()
    found = certain(checked_catalogs([str(asked.catalog)], None).findings)
    judged = verdicts(JUDGED)
    chosen = [each for each in found if not asked.rule or asked.rule in (each.name, each.code)]
    if asked.new:
        chosen = [each for each in chosen if fingerprint(each) not in judged]
    sample = sorted(random.Random(asked.seed).sample(chosen, min(asked.size, len(chosen))), key=lambda each: each.line)
    if asked.false is not None:
        wrong = {int(number) for number in asked.false.split(",") if number.isdigit()}
        keep(sample, asked.catalog.name, wrong)
        judged = verdicts(JUDGED)
    else:
        for number, finding in enumerate(sample, 1):
            print(shown(number, finding, judged))
    print(tally("all warnings and errors", found, judged))
    print(tally(f"the sample (seed {asked.seed})", sample, judged))


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalog", type=Path)
    parser.add_argument("--size", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--rule", default="", help="only findings of this rule")
    parser.add_argument("--new", action="store_true", help="only findings that nobody has judged")
    parser.add_argument("--false", metavar="NUMBERS", help="keep the verdicts: these numbers, or none, are false")
    return parser


def certain(found: Sequence[Finding]) -> list[Finding]:
    """The warnings and errors among findings; prints how many there are of each rule."""
    counts = Counter((each.severity, each.code, each.name) for each in found)
    for (severity, code, name), count in sorted(counts.items()):
        print(f"{count:6}  {severity:7}  {code}  {name}")
    severities = Counter(each.severity for each in found)
    print("  ".join(f"{severities[severity]} {severity}s" for severity in ("error", "warning", "info")))
    return [each for each in found if each.severity != "info"]


def fingerprint(finding: Finding) -> str:
    """What tells a finding from others, on any machine, as long as its texts stay."""
    parts = (finding.name, finding.key, finding.source, finding.target)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def verdicts(path: Path) -> dict[str, str]:
    """The verdicts that were kept, by fingerprint: true or false."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return {fields[1]: fields[3] for fields in (line.split("\t") for line in lines)}


def keep(sample: Sequence[Finding], catalog: str, wrong: set[int], judged: Path = JUDGED) -> None:
    """Add the verdicts of a sample to those kept; a verdict that is there stays unless its number is named."""
    known = judged.read_text(encoding="utf-8").splitlines()[1:] if judged.exists() else []
    rows = {line.split("\t")[1]: line for line in known}
    for number, finding in enumerate(sample, 1):
        mark = fingerprint(finding)
        if number in wrong or mark not in rows:
            rows[mark] = f"{catalog}\t{mark}\t{finding.name}\t{'false' if number in wrong else 'true'}"
    judged.write_text(HEADING + "".join(f"{line}\n" for line in sorted(rows.values())), encoding="utf-8")


def shown(number: int, finding: Finding, judged: Mapping[str, str]) -> str:
    """One finding to read: what is said, and both texts with their line breaks as ⏎."""
    verdict = judged.get(fingerprint(finding), "not judged")
    head = f"{number:3}  {finding.code} {finding.name}  line {finding.line}  [{verdict}]  {finding.message}"
    texts = (text.replace("\n", "⏎")[:400] for text in (finding.source, finding.target))
    return "\n".join((head, *(f"       {text}" for text in texts)))


def tally(what: str, found: Sequence[Finding], judged: Mapping[str, str]) -> str:
    """How many findings were judged true, false, or not."""
    counts = Counter(judged.get(fingerprint(each), "not judged") for each in found)
    share = counts["false"] / max(counts["true"] + counts["false"], 1)
    return (
        f"{what}: {len(found)}, {counts['true']} true, {counts['false']} false, {counts['not judged']} not judged; "
        f"{share:.0%} of the judged are false"
    )


if __name__ == "__main__":
    main()
