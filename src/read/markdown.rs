//! From Markdown to a document.
