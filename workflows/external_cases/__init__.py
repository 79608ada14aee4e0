"""Cases of systems run from above (市管部门, R-17): taken over with when they happened and when they were entered (A-03)."""
