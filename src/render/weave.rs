//! From a document and its marks to HTML.
