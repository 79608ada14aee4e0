"""Electronic supervision (电子监察, R-04, R-60): cards, press letters, and the rules that find what they are about.

A card is a case of its own (P17, ``bpmn_models/supervision_card``): issued, explained, decided, appealed, closed. A press
letter (督办单, ``bpmn_models/press_letter``) orders something by a day; while it is open its case is not closed.
"""
