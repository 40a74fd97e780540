//! Command line and terminal.
