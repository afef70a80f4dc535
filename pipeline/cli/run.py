"""`bilect run`: the whole flow, from pages to exports."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.console import fail, note, shell, tell_done, told_and_awaited
from pipeline.cli.files import tell
from pipeline.cli.update import outcome_line, remains_lines
from pipeline.model import Finding
from pipeline.project.lock import at_work
from pipeline.project.root import project_of
from pipeline.project.run import CourseReport, RunReport, run
from pipeline.text.tongue import _, counted

_SHOWN = 12  # files that are named


@click.command()
@click.option("--wait", is_flag=True, help="Wait for another process that is at work on the project.")
def command(wait: bool) -> int:
    """Extract, align, update, check and export all courses.

    Only files that would change are written. Findings never change the exit status; `bilect check` is for that. With -q
    only errors are told.
    """
    started = time.perf_counter()
    project = project_of(Path.cwd())
    with at_work(project, told_and_awaited if wait else None):
        report = run(project)
    for trouble in report.troubles:
        fail(trouble)
    if shell().verbosity < 0:
        tell([finding for finding in report.findings if finding.accepted is None])
    for course in report.courses:
        tell_done(_course_line(course))
    for outcome in report.outcomes:
        if outcome.origin or outcome.is_orphan or shell().verbosity > 0:
            note(outcome_line(outcome))
    for line in remains_lines(report.remains):
        note(line)
    _findings(report.findings)
    seconds = time.perf_counter() - started
    if report.written:
        _written(report, seconds, project.config.build)
    else:
        tell_done("\n" + _("Nothing has changed, nothing was written ({seconds:.2f} s).").format(seconds=seconds))
    if report.courses:
        step = _next(report.courses, report.findings, project.config.build)
        tell_done(_("Next: {command}").format(command=step))
    return 0


def _written(report: RunReport, seconds: float, folder: str) -> None:
    """Tell how many files were written, and those that are kept in git."""
    exports = {path for course in report.courses for path in course.exported}
    kept = [path for path in report.written if path not in exports]
    told = _("Wrote {files} in {seconds:.2f} s, {number} of them in {folder}/.")
    files, number = counted(len(report.written), "file"), len(report.written) - len(kept)
    tell_done("\n" + told.format(files=files, seconds=seconds, number=number, folder=folder))
    for path in kept[:_SHOWN]:
        note(f"  {path}")
    if len(kept) > _SHOWN:
        note("  " + _("… and {number} more").format(number=len(kept) - _SHOWN))


def _course_line(course: CourseReport) -> str:
    """What a run found in a course, in one or two lines."""
    parts = []
    if course.pages:
        parts.append(counted(course.pages, "page"))
    if course.messages:
        messages = counted(course.messages, "message")
        parts.append(_("{number} of {messages} translated").format(number=course.translated, messages=messages))
    if course.fuzzy:
        parts.append(_("{number} fuzzy").format(number=course.fuzzy))
    if course.lectures:
        parts.append(_(", ").join(_lectures(course)))
    if course.cues:
        parts.append(counted(course.cues, "cue"))
    return f"{course.name}\n    {' · '.join(parts)}"


def _lectures(course: CourseReport) -> Iterator[str]:
    yield counted(course.lectures, "lecture")
    if course.topics:
        topics = counted(course.topics, "topic")
        yield _("{number} with one of {topics}").format(number=course.lectures_with_topic, topics=topics)
    if course.pairs:
        yield _("{number} in both languages").format(number=course.pairs)


def _findings(findings: list[Finding]) -> None:
    open_ = [finding for finding in findings if finding.accepted is None]
    accepted = len(findings) - len(open_)
    if not findings:
        tell_done("\n" + _("No findings."))
        return
    severities: Counter[str] = Counter(finding.severity for finding in open_)
    parts = [counted(severities[name], name) for name in ("error", "warning") if severities[name]]
    if severities["info"]:
        parts.append(_("{number} info").format(number=severities["info"]))
    parts = parts or [_("none")]
    if accepted:
        parts.append(_("{number} accepted").format(number=accepted))
    tell_done("\n" + _("Findings: {parts}").format(parts=_(", ").join(parts)))
    for (code, name), number in sorted(Counter((each.code, each.name) for each in open_).items()):
        tell_done(f"    {code}  {name}  {number}")


def _next(courses: list[CourseReport], findings: list[Finding], folder: str) -> str:
    """What a person would do now."""
    if any(finding.accepted is None for finding in findings):
        return _("bilect check shows each finding with its place and a way out")
    if any(course.translated < course.messages for course in courses):
        return _("open a catalog in locales/ and translate; bilect run takes it from there")
    return _("look into {folder}/; bilect export --help lists what else can be made").format(folder=folder)
