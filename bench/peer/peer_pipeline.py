#!/usr/bin/env python3
"""The peer that Kindred is measured against: what an analyst would write with pandas and scikit-learn.

usage: peer_pipeline.py SHOP_DIR OUT_DIR [--as-of YYYY-MM-DD]

Reads a folder of canonical CSV files, computes a few dozen features a buyer, standardises them, sweeps k-means over
k = 2..12, keeps the k with the best silhouette, and writes segments.csv and profile.csv to OUT_DIR. Prints one line of
JSON: seconds of each stage, the chosen k and, where SHOP_DIR/truth/truth.csv exists, the adjusted Rand index over the
customers of planted types, at the chosen k and at the true one, with the seconds that this check took on top.
Needs pandas and scikit-learn.
"""

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score
from sklearn.preprocessing import StandardScaler

DAY = pd.Timedelta(days=1)
RECENT = pd.Timedelta(days=180)


class Stopwatch:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def load(shop: Path) -> dict[str, pd.DataFrame]:
    wanted = {
        "order_lines": ["order_id", "sku", "category", "quantity", "returned_quantity"],
        "events": ["customer_id", "occurred_at", "type", "session_id", "category"],
    }
    times = {"customers": "created_at", "orders": "ordered_at", "events": "occurred_at"}
    return {
        name: pd.read_csv(
            shop / f"{name}.csv",
            usecols=wanted.get(name),
            parse_dates=[times[name]] if name in times else False,
        )
        for name in ["customers", "orders", "order_lines", "events", "tickets"]
    }


def purchase_features(orders: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    orders = orders.sort_values(["customer_id", "ordered_at"], kind="stable")
    orders = orders.assign(
        gap=orders.groupby("customer_id")["ordered_at"].diff() / DAY,
        discounted=orders["discount"] > 0,
        evening=orders["ordered_at"].dt.hour >= 18,
    )
    by_customer = orders.groupby("customer_id")
    table = by_customer.agg(
        orders=("order_id", "size"),
        order_value=("total", "mean"),
        revenue=("total", "sum"),
        gap=("gap", "mean"),
        discounted=("discounted", "mean"),
        evening=("evening", "mean"),
    )
    table["recency"] = (as_of - by_customer["ordered_at"].max()) / DAY
    table["tenure"] = (as_of - by_customer["ordered_at"].min()) / DAY
    table["gap_variation"] = (by_customer["gap"].std() / table["gap"]).fillna(1)
    table["gap"] = table["gap"].fillna(table["tenure"])
    table["order_value_variation"] = (by_customer["total"].std() / table["order_value"]).fillna(0)
    table["refund_share"] = by_customer["refunded"].sum() / table["revenue"]
    return table


def basket_features(lines: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    bought = lines.merge(orders[["order_id", "customer_id"]], on="order_id")
    by_customer = bought.groupby("customer_id")
    counts = bought.groupby(["customer_id", "category"]).size()
    share = counts / counts.groupby(level=0).transform("sum")
    products = by_customer["sku"].agg(["size", "nunique"])
    return pd.DataFrame(
        {
            "category_entropy": (-share * np.log(share)).groupby(level=0).sum(),
            "top_category_share": share.groupby(level=0).max(),
            "items_per_order": by_customer["quantity"].sum() / orders.groupby("customer_id").size(),
            "repeat_product_share": 1 - products["nunique"] / products["size"],
        }
    )


def event_features(events: pd.DataFrame, buyers: pd.Index, as_of: pd.Timestamp) -> pd.DataFrame:
    recent = events[events["occurred_at"] >= as_of - RECENT]
    kinds = recent.groupby(["customer_id", "type"]).size().unstack(fill_value=0).reindex(buyers, fill_value=0)
    zero = pd.Series(0, index=buyers)
    delivered = kinds.get("Email Delivered", zero).clip(lower=1)
    views = recent[recent["type"] == "Product Viewed"].groupby("customer_id")
    table = pd.DataFrame(index=buyers)
    table["sessions"] = views["session_id"].nunique()
    table["session_depth"] = views.size() / table["sessions"]
    table["browse_breadth"] = views["category"].nunique()
    table["abandonment"] = kinds.get("Checkout Started", zero) / table["sessions"]
    table["open_rate"] = kinds.get("Email Opened", zero) / delivered
    table["click_rate"] = kinds.get("Email Link Clicked", zero) / delivered
    return table


def compute_features(tables: dict[str, pd.DataFrame], as_of: pd.Timestamp) -> pd.DataFrame:
    orders, tickets = tables["orders"], tables["tickets"]
    features = purchase_features(orders, as_of)
    features = features.join(basket_features(tables["order_lines"], orders))
    features = features.join(event_features(tables["events"], features.index, as_of))
    features["tickets"] = tickets.groupby("customer_id").size()
    features["complaints"] = tickets[tickets["kind"] == "complaint"].groupby("customer_id").size()
    return features.replace([np.inf, -np.inf], np.nan).fillna(0)


def standardise(features: pd.DataFrame) -> np.ndarray:
    table = features.copy()
    for name in table.columns[table.skew() > 1]:
        table[name] = np.log1p(table[name].clip(lower=0))
    clipped = table.clip(table.quantile(0.01), table.quantile(0.99), axis=1)
    return StandardScaler().fit_transform(clipped)


def k_means(x: np.ndarray, k: int) -> np.ndarray:
    return KMeans(n_clusters=k, n_init=10, random_state=0).fit(x).labels_


def choose_k(x: np.ndarray) -> tuple[int, np.ndarray]:
    best = (-np.inf, 0, np.empty(0))
    for k in range(2, 13):
        labels = k_means(x, k)
        sample = min(5000, len(x))
        score = silhouette_score(x, labels, sample_size=sample, random_state=0)
        if score > best[0]:
            best = (score, k, labels)
    return best[1], best[2]


def recovery(truth_file: Path, buyers: pd.Index, x: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    truth = pd.read_csv(truth_file).set_index("customer_id")["type"].reindex(buyers)
    planted = (truth.notna() & ~truth.fillna("").str.startswith("noise_")).to_numpy()
    types = truth[planted]
    told = k_means(x, types.nunique())
    return {
        "true_k": int(types.nunique()),
        "ari_at_chosen_k": round(adjusted_rand_score(types, labels[planted]), 4),
        "ari_at_true_k": round(adjusted_rand_score(types, told[planted]), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Segments a shop with pandas and scikit-learn.")
    parser.add_argument("shop", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--as-of", help="default: the day after the last order")
    arguments = parser.parse_args()

    watch = Stopwatch()
    with watch.stage("load"):
        tables = load(arguments.shop)
    with watch.stage("features"):
        last = tables["orders"]["ordered_at"].max()
        as_of = pd.Timestamp(arguments.as_of, tz="UTC") if arguments.as_of else last.floor("D") + DAY
        features = compute_features(tables, as_of)
    with watch.stage("cluster"):
        x = standardise(features)
        k, labels = choose_k(x)
    with watch.stage("write"):
        arguments.out.mkdir(parents=True, exist_ok=True)
        segmented = features.assign(segment=labels)
        segmented.to_csv(arguments.out / "segments.csv")
        segmented.groupby("segment").mean().to_csv(arguments.out / "profile.csv")

    result = {
        "customers": len(features),
        "features": x.shape[1],
        "k": k,
        "total": round(sum(watch.seconds.values()), 3),
        "seconds": watch.seconds,
    }
    truth_file = arguments.shop / "truth" / "truth.csv"
    if truth_file.exists():
        with watch.stage("recovery"):
            result |= recovery(truth_file, features.index, x, labels)
        result["recovery_seconds"] = watch.seconds.pop("recovery")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
