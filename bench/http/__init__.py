"""What a step costs over HTTP, beside the least it could cost.

One process: a user task completed, beside the same server that answers a fixed JSON after one bare commit. Several processes
on PostgreSQL: the same step by several clients, beside as many clients that speak to the database themselves.
"""
