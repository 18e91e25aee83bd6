"""The shut-off with pandas, for the tests beside this file and of lib/stats/rate-segments.ts.

Weeks are cut by optimal partitioning, all of it (Jackson et al. 2005), not by PELT; readers are
compared page by page. Which curriculum a page is of is taken from `pageCurricula`, as a CSV file.

Made with Python 3.11.2, numpy 1.24.2 and pandas 1.5.3:

    npm run sample -- --to DIR
    node --require ./lib/typescript.cjs test/detect/access/write-curricula.ts DIR
    /usr/bin/python3 test/detect/access/shut-off-readers.py DIR
"""

import glob
import sys

import numpy as np
import pandas as pd

folder = sys.argv[1]
names = ["date", "time", "path", "user_id", "cohort_id", "ip"]
[log_path] = glob.glob(f"{folder}/anonymized-curriculum-access*.txt")
with open(log_path) as file:
    log = pd.DataFrame((line.rstrip("\n").split(" ") for line in file), columns=names)
cohorts = pd.read_csv(f"{folder}/cohorts.csv")
curricula = pd.read_csv(f"{folder}/curricula.csv", keep_default_na=False)

log["at"] = pd.to_datetime(log["date"] + " " + log["time"])
log["cohort_id"] = pd.to_numeric(log["cohort_id"])
log = log.merge(cohorts[["id", "name", "program_id"]], how="left", left_on="cohort_id", right_on="id")
log = log.merge(curricula, how="left", on="path")
log["own"] = log["program_id"].map({1: "web development", 2: "web development", 3: "data science", 4: "web development"})
read = log[log["curriculum"].isin(["web development", "data science"]) & log["own"].notna() & (log["name"] != "Staff")].copy()
read["other"] = (read["curriculum"] != read["own"]).astype(int)

day = read["at"].dt.normalize()
daily = read.groupby(day)["other"].agg(["sum", "size"]).asfreq("D", fill_value=0)
monday = daily.index - pd.to_timedelta(daily.index.dayofweek, unit="D")
weeks = daily.groupby(monday).sum()
y, n = weeks["sum"].to_numpy(float), weeks["size"].to_numpy(float)
a, b, p, q = y[:-1], y[1:], n[:-1], n[1:]
known = (a + b > 0) & (p > 0) & (q > 0)
square = ((a * q - b * p)[known] ** 2) / (p * q * (a + b))[known]
price = 3 * max(1, np.median(square) / 0.4549) * np.log(len(y))


def gain(events, over):
    return events * np.log(events / over) if events > 0 else 0.0


best, cuts = [-price], [[]]
for until in range(1, len(y) + 1):
    totals = [
        (best[f] - 2 * gain(y[f:until].sum(), n[f:until].sum()) + price, f) for f in range(0, until - 3)
    ]
    total, first = min(totals) if totals else (np.inf, 0)
    best.append(total)
    cuts.append(cuts[first] + [until])
begins = [0] + cuts[-1][:-1]
for f, u in zip(begins, cuts[-1]):
    print(weeks.index[f].date(), int(y[f:u].sum()), int(n[f:u].sum()), round(1000 * y[f:u].sum() / n[f:u].sum(), 4))

# The last cut is the fall; its day, and that of the cut before, within a week of the Monday.
def on_day(begin, cut, end):
    tried = pd.date_range(cut - pd.Timedelta(days=6), cut + pd.Timedelta(days=6))
    part = lambda f, u: daily[(daily.index >= f) & (daily.index < u)].sum()
    found = [(gain(*part(begin, d)) + gain(*part(d, end)), -i, d) for i, d in enumerate(tried)]
    return max(found)[2]


ends = daily.index[-1] + pd.Timedelta(days=1)
marks = [weeks.index[f] for f in begins] + [ends]
begin = daily.index[0]
days = []
for cut, end in zip(marks[1:-1], marks[2:]):
    begin = on_day(begin, cut, end)
    days.append(begin)
before, stop = days[-2:]
print("stretch from", before.date(), "fall on", stop.date())
length = min(stop - before, ends - stop)
near = read[(day >= stop - length) & (day < stop + length)].sort_values(["user_id", "at"], kind="stable")
rows = []
for user, own in near.groupby("user_id"):
    early, late = own[own["at"] < stop]["other"], own[own["at"] >= stop]["other"]
    m = min(len(early), len(late))
    if m >= 100:
        rate = early.mean(), late.mean()
        rows.append((user, own["name"].iloc[-1], m, early.tail(m).sum(), late.head(m).sum(), *rate))
readers = pd.DataFrame(rows, columns=["user", "cohort", "compared", "before", "after", "rate_before", "rate_after"])
print("readers", len(readers), "less", (readers.after < readers.before).sum(), "more", (readers.after > readers.before).sum())
print("by all pages: less", (readers.rate_after < readers.rate_before).sum(), "more", (readers.rate_after > readers.rate_before).sum())
print("pages", readers.compared.sum(), readers.before.sum(), readers.after.sum())
fell = readers.groupby("cohort")[["before", "after"]].sum()
fell = fell[fell.before >= 5]
print("cohorts", len(fell), "fell", (fell.after < fell.before).sum())
holiday = read[(day >= "2019-12-23") & (day <= "2020-01-03")]
part = daily[(daily.index >= before) & (daily.index < stop)].sum()
print("break", len(holiday), round(len(holiday) * part["sum"] / part["size"], 6), holiday.other.sum())
