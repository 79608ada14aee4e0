"""What is handed in in the tests of the items: the made-up year's applications, by applicants that stay the same."""

from typing import Any

from tests.workflows.persons import FIRM, PERSON
from workflows.demonstration.filings import applications

APPLICANTS = {"individual": PERSON, "organisation": FIRM}
APPLICATIONS: dict[str, dict[str, Any]] = {
    process: {**given, "applicant": APPLICANTS[given["applicant"]]} for process, given in applications().items()
}

SEALS = {
    "window-investment-1": "招商审批01",
    "window-planning-1": "计经审批01",
    "window-trade-1": "贸易审批01",
    "window-commerce-1": "工商审批01",
    "window-health-1": "卫生审批01",
    "window-construction-1": "建委审批01",
    "window-forestry-1": "林业审批01",
    "window-water-1": "水利审批01",
    "window-transport-1": "交通审批01",
    "window-environment-1": "环保审批01",
    "window-culture-1": "文化审批01",
    "window-family-planning-1": "计生审批01",
    "window-tax-1": "税务审批01",
    "window-police-1": "公安审批01",
}

CHECKS = {
    "company_name_approval": "duplicates_checked",
    "birth_service_certificate": "records_checked",
    "tax_registration_change": "records_checked",
    "temporary_residence_permit": "records_checked",
}
