"""Schemathesis finds nothing: random requests made from the OpenAPI document, through WSGI."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from factories import make_story, make_topic
from onrecord.site.wsgi import application

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def api_schema(db: None, settings: Any) -> Any:
    settings.API_RATE = 1_000_000
    make_story()
    make_topic()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


schema = schemathesis.pytest.from_fixture("api_schema")


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_the_api_keeps_to_its_document(case: Any) -> None:
    # A search may be well formed and still not make sense (a date range that runs backwards): that is a 400, which the
    # check for refused good data does not know.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
