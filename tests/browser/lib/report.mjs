// What the checks found: one line a fault, the same faults of many pages gathered into one.

export class Report {
  #checks = new Map();

  /** Says that a check looked at something, so that one which looked at nothing is noticed. */
  looked(check, count = 1) {
    this.#of(check).looked += count;
  }

  /** Adds a fault of `page` against `rule`, seen at `where` (a selector, an address, a line). */
  fault(check, page, rule, where) {
    const faults = this.#of(check).faults;
    const key = `${rule}\u0000${where}`;
    if (!faults.has(key)) faults.set(key, { rule, where, pages: [] });
    faults.get(key).pages.push(page);
  }

  #of(check) {
    if (!this.#checks.has(check)) this.#checks.set(check, { looked: 0, faults: new Map() });
    return this.#checks.get(check);
  }

  /** Prints everything, and tells whether all was well. */
  print(out) {
    let passed = 0;
    let failed = 0;
    for (const [check, { looked, faults }] of this.#checks) {
      const good = looked > 0 && faults.size === 0;
      good ? (passed += 1) : (failed += 1);
      out(`${good ? "ok  " : "FAIL"} ${check} (${looked} looked at, ${faults.size} faults)`);
      if (looked === 0) out("       found nothing to look at");
      const worst = [...faults.values()].sort((a, b) => b.pages.length - a.pages.length);
      for (const { rule, where, pages } of worst.slice(0, 40)) {
        const more = pages.length > 1 ? ` and ${pages.length - 1} more` : "";
        out(`       ${pages[0]}${more}: ${rule}${where ? `: ${where}` : ""}`);
      }
      if (worst.length > 40) out(`       … ${worst.length - 40} further faults`);
    }
    out(`browser: ${passed} passed, ${failed} failed`);
    return failed === 0;
  }
}
