"""Reads queries with pandas' read_sql, as the documents do, and prints seconds and peak memory."""

import json
import resource
import sys
import time

import pandas
import sqlalchemy

asked = json.load(sys.stdin)
engine = sqlalchemy.create_engine(
    f"mysql+pymysql://{asked['user']}@/{asked['database']}?unix_socket={asked['socket']}&charset=utf8mb4"
)
with engine.connect() as connection:
    start = time.perf_counter()
    frame = pandas.read_sql(sqlalchemy.text(asked["query"]), connection)
    seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "peak": peak, "rows": len(frame)}))
