"""Who works in the hall and what they may do there: departments and windows, staff, letters of authorisation, seals.

A department authorises its window by a letter (授权书) that names the items, the powers and the person or post; what somebody
may do follows from letters alone (R-20, R-21). Every use of a seal (审批专用章) is recorded against a document that was issued
in a case (R-22). The operators that check both stand in the models right behind the task they guard.
"""

from workflows.organisation.authorisation import Letter, Power, require_authority
from workflows.organisation.operators import register
from workflows.organisation.organisation_register import OrganisationRegister
from workflows.organisation.staff import Post, StaffMember

__all__ = ["Letter", "OrganisationRegister", "Post", "Power", "StaffMember", "register", "require_authority"]
