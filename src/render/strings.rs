//! Interface strings.
