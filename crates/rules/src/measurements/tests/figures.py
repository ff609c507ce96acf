"""Counts figures from their definitions, with exact fractions, to be compared with those of the Rust code.

A line in is a data set: its decimals, then "microseconds:thousandths:state" for each measurement, the state being "in", "out" or
"none". A line out is: median, mean, least and greatest, the share within target, the slope in 30 days, and its direction; numbers in
thousandths, and "none" where there is no number.
"""

import statistics
import sys
from fractions import Fraction
from itertools import combinations

MICROSECONDS_IN_30_DAYS = 30 * 24 * 3600 * 1_000_000
# A number that is kept is a million at most.
GREATEST = 1_000_000_000


def rounded(number, decimals):
    """Thousandths, rounded half away from zero to so many decimals."""
    step = 10 ** (3 - min(decimals, 3))
    steps = int(abs(Fraction(number)) / step + Fraction(1, 2))
    return steps * step if number >= 0 else -steps * step


def points(measured):
    """What a trend is counted of: the measurements, or the means of 64 parts of the period when there are more."""
    moments = [moment for moment, _, _ in measured]
    if len(measured) <= 64:
        return [(Fraction(moment), Fraction(value)) for moment, value, _ in measured]
    first, part = min(moments), Fraction(max(moments) - min(moments) + 1, 64)
    parts = {}
    for moment, value, _ in measured:
        parts.setdefault((moment - first) // part, []).append(Fraction(value))
    return [((number + Fraction(1, 2)) * part, statistics.mean(values)) for number, values in parts.items()]


def trend(measured, decimals):
    moments = [moment for moment, _, _ in measured]
    period = max(moments) - min(moments)
    if len(measured) < 4 or period == 0:
        return "none", "none"
    pairs = combinations(points(measured), 2)
    slope = statistics.median((b - a) / (t - s) for (s, a), (t, b) in pairs if s != t)
    if abs(slope * period) < 10 ** (3 - decimals):
        direction = "level"
    else:
        direction = "rising" if slope > 0 else "falling"
    in_30_days = rounded(slope * MICROSECONDS_IN_30_DAYS, decimals + 1)
    return max(-GREATEST, min(in_30_days, GREATEST)), direction


def figures(line):
    decimals, *rows = line.split()
    decimals = int(decimals)
    measured = []
    for row in rows:
        moment, value, state = row.split(":")
        measured.append((int(moment), int(value), state))
    values = [Fraction(value) for _, value, _ in measured]
    judged = [state for _, _, state in measured if state != "none"]
    share = rounded(Fraction(judged.count("in") * 100_000, len(judged)), 1) if judged else "none"
    median = rounded(statistics.median(values), decimals + 1)
    mean = rounded(statistics.mean(values), decimals + 1)
    return [median, mean, min(values), max(values), share, *trend(measured, decimals)]


# Everything is read before anything is written, so that neither side waits for the other.
for data_set in sys.stdin.read().splitlines():
    print(*figures(data_set))
