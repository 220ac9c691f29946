"""What does the loader of the house say of what an importer made?"""

from collections.abc import Mapping

from checklists.imports.arrival import Arrival, Counts, Findings
from checklists.imports.nodes import refused
from checklists.library import load_checklist
from standards.folder import Gathered
from standards.library import load_standard
from standards.yaml_source import Node


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
    # without its standard, what is said of the standard says nothing new
    findings.add(problems if standard is not None else ())
    if findings.problems or checklist is None:
        return findings.refused(counts)
    return Arrival(checklist, (), counts, findings.notes)
