"""Sums up what callgrind_annotate tells of a build: phases.py ARTICLES < FUNCTIONS"""

import re
import sys

# What stands for each phase; what is indented is part of the one above it.
PHASES = [
    ("all", "PROGRAM TOTALS"),
    ("reading the files", "dateline::read::scan::scan_again"),
    ("loading the site", "dateline::engine::loading::load"),
    ("parsing texts", "dateline::engine::texts::parse"),
    ("annotating", "dateline::engine::annotations::annotate"),
    ("linking", "dateline::engine::linking::connect"),
    ("pages", "dateline::engine::pages::render"),
    ("  templates", "tera::tera::Tera::render"),
    ("data and feeds", "dateline::engine::extras::Extras::renew"),
    ("laying out files", "dateline::output::plan::plan"),
    ("putting them in place", "dateline::output::commit::commit"),
]

articles = int(sys.argv[1])
counts = {}
for line in sys.stdin:
    found = re.match(r"\s*([\d,]+) \([ \d.]+%\)\s+(\S.*)$", line)
    if found is None:
        continue
    # FILE:FUNCTION [PROGRAM]
    name = re.sub(r" \[.*$", "", found[2])
    name = re.sub(r"^[^: ]*:(?!:)", "", name)
    counts[name] = max(counts.get(name, 0), int(found[1].replace(",", "")))

whole = counts.get("PROGRAM TOTALS")
if not whole:
    sys.exit("callgrind has told nothing")
print(f"instructions of a build of {articles} articles, on one thread")
print(f"{'':<24}{'millions':>12}{'an article':>14}{'part':>8}")
for phase, function in PHASES:
    count = counts.get(function)
    if count is None:
        # A function that is part of its caller by now is not told apart.
        print(f"{phase:<24}{'?':>12}")
    else:
        print(f"{phase:<24}{count / 1e6:>12,.0f}{count / articles:>14,.0f}{count / whole:>8.3f}")
