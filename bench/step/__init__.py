"""What one durable step costs beside the least it could cost: a bare commit of the same bytes on the same database.

The step is a user task completed in an approval of twelve, through the runtime, without HTTP. Both are measured in turns in
one run, so that whatever else the machine does, it does to both.
"""
