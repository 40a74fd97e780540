//! Marks and facts of one article.
