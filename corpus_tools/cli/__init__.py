"""The command line: one short module a command, mirrored in the tests and the README. No logic lives here."""
