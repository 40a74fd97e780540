"""Runs both programs by turns and prints medians and their ratios: measure.py ROUNDS DATELINE HUGO FOLDER

FOLDER has `site`, for Dateline, and `hugo`. Each round builds from nothing, and once more with nothing changed.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time

rounds, dateline, hugo, folder = int(sys.argv[1]), *sys.argv[2:5]
PROGRAMS = {
    "Dateline": (f"{folder}/site", [dateline, "build", "--quiet"]),
    "Hugo": (f"{folder}/hugo", [hugo, "--quiet", "--noBuildLock"]),
}


def measure(root, command):
    """Wall and processor seconds, and the peak of memory in bytes."""
    began = time.monotonic()
    child = subprocess.Popen(command, cwd=root)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        sys.exit(f"{command[0]} failed")
    # Linux tells kilobytes, macOS bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return wall, used.ru_utime, used.ru_utime + used.ru_stime, used.ru_maxrss * unit


def contents(root):
    """The number of files of a site, and their bytes."""
    files = [os.path.join(path, name) for path, _, names in os.walk(root) for name in names]
    return len(files), sum(map(os.path.getsize, files))


def put_aside(root, number):
    """Moves away what the last round has made. Deleted it is only in the end: some file systems make files slowly for minutes after many
    were deleted."""
    for left in ("public", "resources"):
        if os.path.exists(f"{root}/{left}"):
            os.makedirs(f"{folder}/aside", exist_ok=True)
            os.rename(f"{root}/{left}", f"{folder}/aside/{number}-{os.path.basename(root)}-{left}")
    os.sync()


runs = {(name, again): [] for name in PROGRAMS for again in (False, True)}
for number in range(rounds):
    for name, (root, command) in PROGRAMS.items():
        put_aside(root, number)
        for again in (False, True):
            runs[name, again].append(measure(root, command))

print(f"medians of {rounds} rounds on {os.cpu_count()} processors")
print(f"{'':<40}{'Dateline':>12}{'Hugo':>12}{'ratio':>9}")


def row(what, ours, theirs, form="{:.2f}"):
    print(f"{what:<40}{form.format(ours):>12}{form.format(theirs):>12}{ours / max(theirs, 1e-9):>9.2f}")


for again, heading in ((False, "from nothing"), (True, "nothing changed")):
    middle = {name: [statistics.median(one) for one in zip(*runs[name, again])] for name in PROGRAMS}
    for at, what in enumerate(("seconds", "user processor seconds", "all processor seconds")):
        row(f"{heading}: {what}", middle["Dateline"][at], middle["Hugo"][at])
    row(f"{heading}: peak MB", *(middle[name][3] / 1e6 for name in PROGRAMS), "{:.0f}")
made = {name: contents(f"{root}/public") for name, (root, _) in PROGRAMS.items()}
row("files", *(made[name][0] for name in PROGRAMS), "{}")
row("MB of the site", *(made[name][1] / 1e6 for name in PROGRAMS), "{:.1f}")
shutil.rmtree(f"{folder}/aside", ignore_errors=True)
