"""Benchmarks: programs that measure the product from outside and print ratios. Nothing of the product imports them.

``python -m bench`` runs them all, ``python -m bench NAME --help`` says what one of them can be told.
"""
