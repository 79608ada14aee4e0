"""Reports (R-06, R-58): windows, items, time used against limits, lights, fees by destination. Added up when asked for."""
