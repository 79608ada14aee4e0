"""The case file (办件): what the centre knows of a case beside its process, by the status vocabulary of rules.md 5.2.

The process says what happens; the case file says where the case stands, in words and codes that statistics, the public
page and the national platform understand. Steps write it by operators, in their own transaction, so the two never differ.
"""

from workflows.case_file.case_files import CaseFiles, Progress
from workflows.case_file.export import exported
from workflows.case_file.operators import register
from workflows.case_file.status import Status, statuses
from workflows.case_file.storage import CaseEvent, CaseFile

__all__ = ["CaseEvent", "CaseFile", "CaseFiles", "Progress", "Status", "exported", "register", "statuses"]
