"""What people look at: tables and pages on a terminal."""
