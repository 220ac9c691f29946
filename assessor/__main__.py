"""Run the command line: `python -m assessor`."""

from assessor.cli import main

main(prog_name="assessor")
