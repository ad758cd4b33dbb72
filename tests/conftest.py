"""What every test shares: Hypothesis without a deadline, a PostgreSQL of our own, and no silent skip where everything must run."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

# A loaded machine is slow, not wrong.
settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


NEED_PROGRAMS = ("postgresql", "browser", "office")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true, a test that skips for want of a program has not proved anything: it fails.

    Only the open files of others, which no checkout holds, may be absent there.
    """
    report = yield
    wanted = any(item.get_closest_marker(name) for name in NEED_PROGRAMS)
    if wanted and report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and CI=true allows no skip: {report.longreprtext}"
    return report
