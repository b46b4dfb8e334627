"""Loads a folder's CSV file with dlt, merge strategy scd2, through its own reader of CSV files.

    python dlt_load.py FOLDER URL PIPELINES
"""

import sys

import dlt
from dlt.sources.filesystem import filesystem, read_csv


def main(folder, url, pipelines):
    files = filesystem(bucket_url=f"file://{folder}", file_glob="opportunity.csv")
    # As text: a guess of types would cost time and, for ids, truth.
    rows = (files | read_csv(dtype=str, keep_default_na=False)).with_name("opportunity")
    rows.apply_hints(write_disposition={"disposition": "merge", "strategy": "scd2"})
    pipeline = dlt.pipeline(
        "bench",
        pipelines_dir=pipelines,
        destination=dlt.destinations.postgres(url),
        dataset_name="history",
    )
    pipeline.run(rows, loader_file_format="csv").raise_on_failed_jobs()


if __name__ == "__main__":
    main(*sys.argv[1:])
