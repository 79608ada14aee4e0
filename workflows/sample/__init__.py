"""What a first start shows: accounts of the sample hall. They are offices, not persons."""

from workflows.sample.accounts import PASSWORD, SampleAccount, load, sample_accounts

__all__ = ["PASSWORD", "SampleAccount", "load", "sample_accounts"]
"""``load(runtime)`` is called on a first start; it adds what is missing and changes nothing that is there."""
