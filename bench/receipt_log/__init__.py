"""A real year of work through the product: the receiving phase of building permits, as a Dutch municipality recorded it.

The log is J.C.A.M. Buijs, "Receipt phase of an environmental permit application process (WABO)", CoSeLoG project (NWO
638.001.211), 4TU.ResearchData: 1,434 cases, 8,577 events, 27 activities, 48 people. It lies beside the project, in
``../shared/data``. :mod:`bench.receipt_log.fit` measures how well ``receipt.bpmn`` describes it without running the product;
:mod:`bench.receipt_log.driver` lets the people of the log do their work over HTTP.
"""
