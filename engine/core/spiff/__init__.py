"""The only place that imports SpiffWorkflow (3.2): its parser, task specs, tasks and workflows, subclassed.

What stays stock: reading BPMN into a graph of task specs, the task's states and transitions, and the order in which a task
calls its spec (update, ready, run, complete, cancel). What is ours, because the stock behaviour breaks a law of the engine
(the table in the design, section 4):

========================  ==========================================================================================
module                    what it does instead
========================  ==========================================================================================
:mod:`.token`             ids from a counter instead of uuid4, no wall clock, a finished token leaves the tree at once
:mod:`.scope`             an agenda instead of searching the tree, a budget, no polling of waiting tasks
:mod:`.variables`         copies that share nothing, a three-way merge that reports conflicts
:mod:`.element`           sequence flows with identity, no prediction of future tasks
:mod:`.gateways`          joins that count arrivals by flow, inclusive joins by reachability
:mod:`.events`            timers that only compute a due time, messages with correlation keys, boundary events
:mod:`.activities`        user tasks with assignment, external service tasks, scripts in FEEL
:mod:`.containers`        embedded subprocesses and call activities, multi-instance
:mod:`.parser`            the dialect: flat instead of recursive, entities off, every unknown word is a finding
========================  ==========================================================================================
"""
