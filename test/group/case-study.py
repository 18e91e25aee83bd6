"""The seven features as the case study computes them with pandas and scikit-learn.

Reads a JSON list of {"dt", "user_id", "type", "api_count"} rows and prints one
row per user and API, by both: user_id, type and the features:

    python3 -c "import json; print(json.dumps(json.load(open('test/group/case-study.json'))['usage']))" \\
        | python3 test/group/case-study.py
"""

import json
import sys

import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler


def within(calls):
    least, most = calls.min(), calls.max()
    return 1 if least == most else (calls - least) / (most - least)


def mean_run(days):
    return days.diff().dt.days.ne(1).cumsum().value_counts().mean()


usage = pd.DataFrame(json.load(sys.stdin))
usage["dt"] = pd.to_datetime(usage["dt"])
usage = usage.sort_values("dt", kind="stable")
features = usage.groupby(["user_id", "type"]).apply(
    lambda own: pd.Series(
        {
            "use_days": len(own),
            "use_duration": (own["dt"].max() - own["dt"].min()).days,
            "avg_cont_use": mean_run(own["dt"]),
            "total_calls_log10": np.log10(own["api_count"].sum()),
            "usage_range": own["api_count"].max() - own["api_count"].min(),
            "mean_usage_scaled": np.mean(within(own["api_count"])),
            "sd_usage_scaled": np.std(within(own["api_count"])),
        }
    )
)
over_all = ["use_days", "use_duration", "avg_cont_use", "total_calls_log10", "usage_range"]
features[over_all] = MinMaxScaler().fit_transform(features[over_all])
print(json.dumps(features.reset_index().values.tolist()))
