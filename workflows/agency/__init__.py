"""Agents (代办) of streets, towns and townships who file for villagers with a mandate (R-07, APPL Art. 29, P23).

An agent is an account of a group ``agent-<town>``. What an agent may do follows from signed mandates (委托书) alone, and is
checked where a case is received, so it holds by whatever door the filing comes. What changes hands is written down (交接单);
money never does (R-07, R-38, R-46).

:mod:`workflows.case_file` asks :mod:`workflows.agency.representation`; nothing is imported here, so that it can.
"""
