"""What a process holds in memory after ten thousand cases, and after ten thousand more."""
