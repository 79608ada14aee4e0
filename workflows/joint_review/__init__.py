"""Joint review (联合审查, R-30 to R-37): one case, one list of responsibilities, every opinion by its owner, none lost.

Which departments take part, what depends on what, and whether all have answered is kept here in rows; what happens in which
order is drawn in ``bpmn_models/joint_review`` and ``bpmn_models/department_review``.
"""

from workflows.joint_review.operators import register
from workflows.joint_review.responsibility import Responsibility, levels, require_responsibilities

__all__ = ["Responsibility", "levels", "register", "require_responsibilities"]
