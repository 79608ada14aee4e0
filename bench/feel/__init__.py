"""What a condition costs, beside the two other engines of FEEL that a program in Python can use: feelin, the one of the bpmn.io
editors, in QuickJS, and bkflow-feel."""
