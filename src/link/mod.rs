//! What connects articles, events and topics.
