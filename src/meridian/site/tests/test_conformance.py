"""Every suite of the house agrees with what comes from outside, and says so in one shape."""

import json

from click.testing import CliRunner

from meridian.kernel.conformance import Held
from meridian.site.conformance import conformance


def test_every_suite_agrees_and_is_printed_for_programs():
    answer = CliRunner().invoke(conformance, ["--json"])
    assert answer.exit_code == 0, answer.output
    suites = json.loads(answer.stdout)["suites"]
    assert suites
    for suite in suites:
        assert list(suite) == ["system", "suite", "passed", "failed", "known_differences"]
        assert suite["passed"] > 0
        assert suite["failed"] == 0


def test_what_differs_is_told_in_words():
    held = Held()
    held.compare("a log", {"cases": 3, "events": 5}, {"cases": 3, "events": 6})
    assert held.passed == 1
    assert held.failures == ["a log: events is 6 instead of 5"]
