#!/usr/bin/env python3
"""Scores quotations, speakers and figures against the hand marking.

    python3 score_quotes_figures.py GOLD.jsonl SYSTEM.jsonl [--set development|validation] [--texts TEXTS.jsonl] [--errors]

A system row is {id, quotations: [{start, end, speaker_start, speaker_end, antecedent_start?, antecedent_end?}],
figures: [{start, end, counted_start, counted_end, min, max}]}; offsets are Unicode code points.  Every comparison is exact:

    quotations   the same start and end
    speakers     the quotation, and the same words for its speaker (of those where a speaker is marked or given)
    resolved     the same, with the name that a pronoun or title stands for (of the speakers marked with one)
    figures      the same start and end
    values       the figure with the same bounds
    counted      the figure with the same phrase counted, or none on both sides

With --texts (rows {id, text}) texts are checked against the marking's SHA-256, and --errors prints what differs.
"""
import hashlib
import json
import sys


def rows(path):
    with open(path, encoding="utf-8") as file:
        return {row["id"]: row for row in map(json.loads, filter(str.strip, file))}


def near(a, b):
    return a == b or (a is not None and b is not None and abs(a - b) <= 1e-9 * max(abs(a), abs(b)))


def bounds(figure):
    return tuple(None if x is None else float("%.9g" % x) for x in (figure.get("min"), figure.get("max")))


def facts(row):
    """Each measure's set of facts in one document."""
    out = {name: set() for name in ("quotations", "speakers", "resolved", "figures", "values", "counted")}
    for q in row.get("quotations", []):
        span = (q["start"], q["end"])
        out["quotations"].add(span)
        if q.get("speaker_start") is not None:
            speaker = (q["speaker_start"], q["speaker_end"])
            out["speakers"].add(span + speaker)
            if q.get("antecedent_start") is not None:
                out["resolved"].add(span + (q["antecedent_start"], q["antecedent_end"]))
    for f in row.get("figures", []):
        span = (f["start"], f["end"])
        out["figures"].add(span)
        out["values"].add(span + bounds(f))
        out["counted"].add(span + (f.get("counted_start"), f.get("counted_end")))
    return out


def main(argv):
    options = [a for a in argv if a.startswith("--")]
    value = lambda name: argv[argv.index(name) + 1] if name in argv else None
    paths = [a for i, a in enumerate(argv) if not a.startswith("--") and (i == 0 or argv[i - 1] not in ("--set", "--texts"))]
    if len(paths) != 2:
        sys.exit(__doc__)
    gold, system = rows(paths[0]), rows(paths[1])
    texts = rows(value("--texts")) if value("--texts") else {}
    totals = {}
    for name, marked in gold.items():
        if value("--set") and marked.get("set") != value("--set"):
            continue
        text = texts.get(name, {}).get("text")
        if text is not None and hashlib.sha256(text.encode()).hexdigest() != marked["sha256"]:
            sys.exit(f"{name}: the text is not the one that was marked")
        wanted, found = facts(marked), facts(system.get(name, {}))
        if "figures" not in marked:  # marked for quotations alone
            for measure in ("figures", "values", "counted"):
                found[measure] = set()
        for measure in wanted:
            # What stands for a name is only asked where a name was marked.
            given = found[measure]
            if measure == "resolved":
                spans = {fact[:2] for fact in wanted[measure]}
                given = {fact for fact in given if fact[:2] in spans}
            right, marked_n, given_n = totals.get(measure, (0, 0, 0))
            totals[measure] = (right + len(wanted[measure] & given), marked_n + len(wanted[measure]), given_n + len(given))
            if "--errors" in options and text is not None:
                for sign, difference in (("missed", wanted[measure] - given), ("wrong", given - wanted[measure])):
                    for fact in sorted(difference, key=str):
                        parts = [text[a:b] if isinstance(a, int) and isinstance(b, int) else (a, b) for a, b in zip(fact[::2], fact[1::2])]
                        print(f"{measure:10} {sign:6} {name[:24]} {parts} ..{text[max(0, fact[0] - 30):fact[0]]!r}")
    print(f"{'':12}{'precision':>10}{'recall':>10}{'F1':>10}{'marked':>10}")
    for measure, (right, marked_n, given_n) in totals.items():
        precision = right / given_n if given_n else 1.0
        recall = right / marked_n if marked_n else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        print(f"{measure:12}{precision:10.1%}{recall:10.1%}{f1:10.1%}{marked_n:10}")


if __name__ == "__main__":
    main(sys.argv[1:])
