"""What does the loader of the house say of what an importer made?"""

from collections.abc import Mapping

from checklists.head import HEAD
from checklists.imports.arrival import Arrival, Counts, Findings
from checklists.imports.entries import entry_of
from checklists.imports.nodes import refused
from checklists.library import load_checklist
from standards.folder import Gathered
from standards.library import load_standard
from standards.yaml_source import Node, Place, Problem


def judged(
    of_standard: Mapping[str, Node],
    of_checklist: Mapping[str, Node],
    findings: Findings,
    counts: Counts,
) -> Arrival:
    """Let the loader of the house judge what an importer made."""
    for node in (*of_standard.values(), *of_checklist.values()):
        findings.add(refused(node))
    standard, problems = load_standard(Gathered(of_standard))
    findings.add(problems)
    known = {standard.id: standard} if standard is not None else {}
    checklist, problems = load_checklist(Gathered(of_checklist), known)
    above = None if standard is not None else _named_standard(of_checklist)
    findings.add(each for each in problems if _place(each) != above)
    if findings.problems or checklist is None:
        return findings.refused(counts)
    return Arrival(checklist, (), counts, findings.notes)


def _named_standard(of_checklist: Mapping[str, Node]) -> Place | None:
    """Give where a checklist names its standard: while that has problems, that it is not there is
    none of its own."""
    head = of_checklist.get(HEAD)
    named = entry_of(head).nodes.get("standard") if head is not None else None
    return named.place if named is not None else None


def _place(problem: Problem) -> Place:
    return Place(problem.file, problem.line, problem.column)
