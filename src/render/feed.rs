//! Feeds, sitemap and robots.txt.
