"""BPMN orchestration that would serve any hall, hospital or bank.

:mod:`engine.core` decides what a command does and is a function of its arguments; :mod:`engine.runtime` stores what it
decided, wakes it when time has passed and answers questions about it.
"""
