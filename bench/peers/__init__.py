"""Other engines that can be put into a program, taking the same steps on the same database with the same settings.

Each peer is a folder: what it needs (``requirements.txt`` or ``package.json``) and a program ``run`` that is given a database
URL, the model and a number of approvals, takes each from its first task to its last, and prints the nanoseconds of every step
as a list in JSON. A step is: complete the open user task with one variable, and have the state after it stored by a commit.
What peers need is installed beside them when they are first run; nothing of it is a dependency.
"""
