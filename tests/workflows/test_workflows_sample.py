"""The sample hall: every group a sample item needs has somebody in it."""

from workflows.catalogue import load_directory
from workflows.sample import sample_accounts


def test_every_group_of_the_sample_items_has_members() -> None:
    manned = {group for account in sample_accounts() for group in account.groups}
    for item in load_directory().values():
        needed = {item.window_group, item.department_group, *(department.group for department in item.consulted)}
        if item.leader_signature:
            needed.add(item.leader_group)
        assert needed <= manned, item.code


def test_where_two_people_must_act_there_are_two() -> None:
    for item in load_directory().values():
        for group in (item.window_group, item.department_group):
            assert sum(group in account.groups for account in sample_accounts()) >= 2


def test_every_role_can_be_tried() -> None:
    roles = {role for account in sample_accounts() for role in account.roles}
    assert roles == {"clerk", "designer", "supervisor", "auditor", "administrator", "applicant", "agent", "cashier", "finance"}
