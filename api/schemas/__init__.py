"""What goes in and out of the HTTP door, one resource a module."""
